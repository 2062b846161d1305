-- One row per thing that moved a balance (проводка): a line, a penalty, a payment (below zero), a debt the account brought with it.
-- grain: the line, penalty, payment or debt behind it
-- kind:  view
select
    account_number,
    posting_period,
    case kind when 'charge' then 'charge' else 'correction' end::posting_kind as kind,
    service_period,
    kwh,
    amount_kopecks
from ledger.charge_line
union all
select
    account_number,
    posting_period,
    'payment'::posting_kind as kind,
    posting_period as service_period,
    0 as kwh,
    -amount_kopecks as amount_kopecks
from ledger.payment
where account_number is not null
union all
select account_number, posting_period, 'penalty'::posting_kind as kind, debt_period as service_period, 0 as kwh, amount_kopecks
from ledger.penalty_line
union all
select account_number, posting_period, 'opening'::posting_kind as kind, service_period, 0 as kwh, amount_kopecks
from ledger.opening_debt
