-- One row per month owed, closing and day through which a part of it stood: what stood no longer than that, and the rate that day fixed.
-- grain: contract_number, period, due_on, closing, stood_through
-- kind:  step
-- law:   decision 14, 35-ФЗ ст. 37: a paid part is charged at the rate of its payment day, which counts on the old balance; the
--        unpaid part at the rate of the day of the count
with known as (
    select owed.*, closings.last_day
    from business_step.owed as owed
    inner join business_step.closing as closings on closings.closing = owed.closing
    where owed.kopecks > 0 and owed.bears_on < closings.last_day
),

paid as (
    select known.*, payments.paid_on, parts.kopecks as paid_kopecks
    from known
    inner join business_step.part as parts
        on parts.contract_number = known.contract_number
        and parts.closing = known.closing
        and parts.debt_no = known.debt_no
    inner join business_step.paying as payments
        on payments.contract_number = parts.contract_number
        and payments.closing = parts.closing
        and payments.money_no = parts.money_no
    where payments.paid_on <= known.last_day
),

-- The whole debt stands through the day of the count, but for its paid parts.
moved as (
    select contract_number, period, bears_on, closing, customer_kind, last_day as stood_through, kopecks from known
    union all
    select contract_number, period, bears_on, closing, customer_kind, last_day, -paid_kopecks from paid
    union all
    select contract_number, period, bears_on, closing, customer_kind, paid_on, paid_kopecks from paid
),

stood as (
    select contract_number, period, bears_on as due_on, closing, customer_kind, stood_through, sum(kopecks)::bigint as kopecks
    from moved
    where bears_on < stood_through
    group by contract_number, period, bears_on, closing, customer_kind, stood_through
    having sum(kopecks) > 0
)

select
    stood.*,
    lag(stood.stood_through, 1, stood.due_on) over (
        partition by stood.contract_number, stood.period, stood.due_on, stood.closing order by stood.stood_through
    ) as stood_after,
    rates.rate_pct
from stood
inner join business_step.rate as rates
    on rates.customer_kind = stood.customer_kind
    and rates.valid_from <= stood.stood_through and stood.stood_through < rates.valid_to
