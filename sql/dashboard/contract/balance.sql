-- One row: what a contract owes by now and of what it is made, none before its first bill or payment; below zero: paid ahead.
-- grain:  contract_number
-- params: contract, on_day
-- balance = billed and open + penalty − advance paid − what pays nothing yet
with newest as (
    select contract_number, period, closing_kopecks
    from business_balance
    where contract_number = $contract
    qualify row_number() over (order by period desc) = 1
),

penalties as (
    select coalesce(sum(penalty_kopecks), 0)::bigint as penalty_kopecks from business_balance where contract_number = $contract
),

parts as (
    select
        coalesce(sum(open_kopecks) filter (where is_billed), 0)::bigint as billed_kopecks,
        coalesce(sum(open_kopecks) filter (where is_billed and due_on < $on_day::date), 0)::bigint as overdue_kopecks,
        -- Advances stand in no balance until their month is billed.
        coalesce(sum(open_kopecks) filter (where not is_billed and due_on < $on_day::date), 0)::bigint as late_advance_kopecks,
        coalesce(sum(paid_kopecks) filter (where not is_billed), 0)::bigint as advance_kopecks
    from business_debt
    where contract_number = $contract
)

select
    newest.contract_number,
    newest.period,
    newest.closing_kopecks as balance_kopecks,
    parts.billed_kopecks,
    parts.overdue_kopecks,
    parts.late_advance_kopecks,
    penalties.penalty_kopecks,
    parts.advance_kopecks,
    parts.billed_kopecks + penalties.penalty_kopecks - parts.advance_kopecks - newest.closing_kopecks as unused_kopecks
from newest
cross join penalties
cross join parts
