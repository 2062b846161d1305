-- One row: what the mobile application says of the balance, beside what `cabinet/balance` says: penalty owed and still growing, corrections
-- and house needs of the last bill.
-- grain:  account_number
-- params: account_number, open_period
-- Principal is paid before penalty (ledger.debt): what the newest balance holds above all open debts is penalty.
with billed as (
    select account_number, period, closing_kopecks, corrected_kopecks
    from account_month
    where account_number = $account_number and period < $open_period
    order by period desc
    limit 1
),

newest as (
    select closing_kopecks
    from account_month
    where account_number = $account_number
    order by period desc
    limit 1
),

open_month as (
    select coalesce(sum(paid_kopecks), 0)::bigint as paid_kopecks, coalesce(sum(penalty_kopecks), 0)::bigint as penalty_kopecks
    from account_month
    where account_number = $account_number and period >= $open_period
),

principal as (
    select coalesce(sum(open_kopecks), 0)::bigint as open_kopecks from debt where account_number = $account_number
),

house as (
    select coalesce(sum(amount_kopecks), 0)::bigint as house_kopecks
    from charge_line
    where
        account_number = $account_number
        and posting_period = (select period from billed)
        and basis in ('house_need', 'house_need_average', 'house_need_normative')
)

select
    billed.account_number,
    billed.period,
    billed.closing_kopecks - open_month.paid_kopecks as balance_kopecks,
    greatest(newest.closing_kopecks - principal.open_kopecks - open_month.penalty_kopecks, 0)::bigint as penalty_kopecks,
    greatest(open_month.penalty_kopecks, 0)::bigint as growing_kopecks,
    billed.corrected_kopecks,
    house.house_kopecks
from billed
cross join newest
cross join open_month
cross join principal
cross join house
