-- One row per account, month, kind and service period: what moved the balance (проводка). Payments are below zero.
-- grain:    account_number, posting_period, kind, service_period
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds)
create table if not exists ledger.posting (
    account_number bigint not null,
    posting_period date not null,
    kind posting_kind not null,
    service_period date not null,
    kwh bigint not null,
    amount_kopecks bigint not null
);

with accounts as (
    select account_number, min(known_period) as known_period from intake.account_fact group by account_number
),

moved as (
    select
        account_number,
        posting_period,
        case kind when 'charge' then 'charge' else 'correction' end::posting_kind as kind,
        service_period,
        kwh,
        amount_kopecks
    from ledger.charge_line
    where account_number between getvariable('first_account') and getvariable('last_account')
    union all
    select account_number, posting_period, 'payment'::posting_kind as kind, posting_period as service_period, 0 as kwh, -amount_kopecks
    from ledger.payment
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and status = 'posted'
    union all
    select
        debts.account_number,
        greatest(debts.known_period, accounts.known_period) as posting_period,
        'opening'::posting_kind as kind,
        debts.service_period,
        0 as kwh,
        debts.amount_kopecks
    from intake.opening_debt_fact as debts
    inner join accounts on accounts.account_number = debts.account_number
    where debts.account_number between getvariable('first_account') and getvariable('last_account')
)

select
    account_number,
    posting_period,
    kind,
    service_period,
    sum(kwh)::bigint as kwh,
    sum(amount_kopecks)::bigint as amount_kopecks
from moved
where posting_period > (select sealed_period from replay.bounds)
group by all
