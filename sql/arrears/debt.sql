-- One row per allocation and debt known to it, in the order in which money that names no period pays them.
-- grain: account_number, known_through, debt_no
-- kind:  step
-- law:   ГК РФ ст. 319.1: what fell due first is paid first
with known as (
    select
        allocations.account_number,
        allocations.known_through,
        owed.period,
        owed.kind,
        min(owed.posting_period) as first_posting_period,
        max(owed.posting_period) as posting_period,
        -- What a decision took away stays as a debt of nothing: its penalty is to be taken back.
        sum(
            case when owed.cancelled_period <= allocations.known_through then 0 else owed.kopecks end
        )::bigint as kopecks
    from arrears.allocation as allocations
    inner join arrears.owed as owed
        on owed.account_number = allocations.account_number
        and owed.posting_period <= allocations.known_through
    group by allocations.account_number, allocations.known_through, owed.period, owed.kind
)

select
    known.*,
    due.due_on,
    row_number() over in_turn as debt_no,
    sum(known.kopecks) over in_turn - known.kopecks as owed_before
from known
inner join ledger.due_date as due on due.service_period = known.period
window in_turn as (
    partition by known.account_number, known.known_through
    order by due.due_on, known.period, known.kind
    rows between unbounded preceding and current row
)
