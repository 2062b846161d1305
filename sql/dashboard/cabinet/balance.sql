-- One row: what the account owes now (a sum below zero: what it has in advance), by the last closed month and the money since.
-- grain:  account_number
-- params: account_number, open_period
-- The open month's charges are not due yet; its corrections wait for its bill.
with billed as (
    select account_number, period, closing_kopecks, charged_kopecks, kwh
    from account_month
    where account_number = $account_number and period < $open_period
    order by period desc
    limit 1
),

paid as (
    select coalesce(sum(paid_kopecks), 0)::bigint as paid_kopecks
    from account_month
    where account_number = $account_number and period >= $open_period
)

select
    billed.account_number,
    billed.period,
    billed.closing_kopecks,
    billed.charged_kopecks,
    billed.kwh,
    paid.paid_kopecks,
    billed.closing_kopecks - paid.paid_kopecks as balance_kopecks,
    due.due_on
from billed
cross join paid
left join due_date as due on due.service_period = billed.period
