-- One row per allocation and sum of money known to it, in the order in which sums pay; one that names a period not owed waits.
-- grain: account_number, known_through, money_no
-- kind:  step
-- law:   ГК РФ ст. 319.1 п. 1: the payer may name what he pays; the bill of the period goes before what was brought in for it
with named as (
    select account_number, known_through, period, arg_max(debt_no, kind) as debt_no
    from arrears.debt
    where
        kopecks > 0
        and account_number in (select account_number from arrears.money where named_period is not null)
    group by account_number, known_through, period
),

known as (
    select
        allocations.account_number,
        allocations.known_through,
        money.paid_on,
        money.turn,
        money.source_file_id,
        money.source_line,
        money.posting_period,
        money.kopecks,
        named.debt_no as named_debt_no
    from arrears.allocation as allocations
    inner join arrears.money as money
        on money.account_number = allocations.account_number
        and money.posting_period <= allocations.known_through
        and (money.cancelled_period is null or money.cancelled_period > allocations.known_through)
    left join named
        on named.account_number = allocations.account_number
        and named.known_through = allocations.known_through
        and named.period = money.named_period
    where money.named_period is null or named.debt_no is not null
)

select
    account_number,
    known_through,
    row_number() over in_turn as money_no,
    paid_on,
    posting_period,
    kopecks,
    sum(kopecks) over in_turn - kopecks as paid_before,
    named_debt_no
from known
window in_turn as (
    partition by account_number, known_through
    order by paid_on, turn, source_file_id, source_line, posting_period
    rows between unbounded preceding and current row
)
