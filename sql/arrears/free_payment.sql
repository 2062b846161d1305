-- One row per sum of an allocation with names that lead past open debts: what is left of it for debts it does not name.
-- grain: account_number, known_through, money_no
-- kind:  step
select
    payments.account_number,
    payments.known_through,
    payments.money_no,
    payments.paid_on,
    payments.posting_period,
    payments.named_debt_no,
    named.money_no is not null as leads_past_open_debts,
    payments.kopecks - coalesce(named.kopecks, 0) as kopecks,
    payments.paid_before - coalesce(sum(named.kopecks) over earlier, 0)::bigint as paid_before
from arrears.payment as payments
semi join arrears.named_part as allocations
    on allocations.account_number = payments.account_number and allocations.known_through = payments.known_through
left join arrears.named_part as named
    on named.account_number = payments.account_number
    and named.known_through = payments.known_through
    and named.money_no = payments.money_no
window earlier as (
    partition by payments.account_number, payments.known_through
    order by payments.money_no
    rows between unbounded preceding and 1 preceding
)
