-- One row per debt of an allocation with names that lead past open debts: what the sums that name it leave of it to all other money.
-- grain: account_number, known_through, debt_no
-- kind:  step
select
    debts.account_number,
    debts.known_through,
    debts.debt_no,
    debts.kopecks - coalesce(named.kopecks, 0) as kopecks,
    debts.owed_before - coalesce(sum(named.kopecks) over earlier, 0)::bigint as owed_before
from arrears.debt as debts
semi join arrears.named_part as allocations
    on allocations.account_number = debts.account_number and allocations.known_through = debts.known_through
left join (
    select account_number, known_through, debt_no, sum(kopecks)::bigint as kopecks
    from arrears.named_part
    group by account_number, known_through, debt_no
) as named
    on named.account_number = debts.account_number
    and named.known_through = debts.known_through
    and named.debt_no = debts.debt_no
window earlier as (
    partition by debts.account_number, debts.known_through
    order by debts.debt_no
    rows between unbounded preceding and 1 preceding
)
