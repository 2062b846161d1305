-- One row per assessment and day through which a part of the debt stood: what stood no longer than that, and the rate that day fixed.
-- grain: assessment_no, stood_through
-- kind:  step
-- law:   decision 14: a paid part is charged at the rate of its payment day, which counts on the old balance; the unpaid part at the
--        rate of the day of the count
with known as (
    select assessment_no, account_number, closing, due_on, last_day, known_through, debt_no, kopecks
    from arrears.assessment
    where kopecks > 0 and due_on < last_day
),

paid as (
    select known.assessment_no, known.due_on, known.last_day, parts.paid_on, parts.kopecks
    from known
    inner join arrears.part as parts
        on parts.account_number = known.account_number
        and parts.known_through = known.known_through
        and parts.debt_no = known.debt_no
        and parts.posting_period <= known.closing
        and parts.paid_on <= known.last_day
),

-- The whole debt stands through the day of the count, but for its paid parts.
moved as (
    select assessment_no, due_on, last_day as stood_through, kopecks from known
    union all
    select assessment_no, due_on, last_day as stood_through, -kopecks as kopecks from paid
    union all
    select assessment_no, due_on, paid_on as stood_through, kopecks from paid
),

stood as (
    select assessment_no, due_on, stood_through, sum(kopecks)::bigint as kopecks
    from moved
    where due_on < stood_through
    group by assessment_no, due_on, stood_through
    having sum(kopecks) > 0
)

select
    stood.*,
    lag(stood.stood_through, 1, stood.due_on) over (
        partition by stood.assessment_no order by stood.stood_through
    ) as stood_after,
    rates.rate_pct
from stood
inner join reference.penalty_rate as rates
    on rates.valid_from <= stood.stood_through and stood.stood_through < rates.valid_to
