-- One row per kind of customer, due day, part of the rate, and day after: on how many days through this one a debt bears penalty.
-- grain: customer_kind, due_on, fraction_divisor, day
-- kind:  step
-- law:   35-ФЗ ст. 37: k counts from the due day; moratoria spare days, the count runs on (decision 14)
with due as (
    select distinct customer_kind, bears_on as due_on
    from business_step.claim
    where bears_on < (select max(last_day) from business_step.closing)
),

days as (
    select
        customer_kind,
        due_on,
        unnest(generate_series(due_on, (select max(last_day) from business_step.closing), interval 1 day))::date as day
    from due
),

divisors as (
    select distinct customer_kind, fraction_divisor from reference.penalty_scale where fraction_divisor is not null
),

borne as (
    select
        days.customer_kind,
        days.due_on,
        divisors.fraction_divisor,
        days.day,
        scale.fraction_divisor is not null and pauses.from_day is null as is_borne
    from days
    inner join divisors on divisors.customer_kind = days.customer_kind::varchar
    left join reference.penalty_scale as scale
        on scale.customer_kind = days.customer_kind::varchar
        and scale.fraction_divisor = divisors.fraction_divisor
        and scale.valid_from <= days.day and days.day < scale.valid_to
        and scale.day_from <= days.day - days.due_on
        and (scale.day_to is null or days.day - days.due_on <= scale.day_to)
    left join reference.moratorium as pauses
        on pauses.from_day <= days.day and days.day < pauses.to_day
        and (pauses.debts_due_before is null or days.due_on < pauses.debts_due_before)
)

select
    customer_kind,
    due_on,
    fraction_divisor,
    day,
    count(*) filter (where is_borne) over through_day as days,
    max(day) filter (where is_borne) over through_day as last_borne,
    min(day) filter (where is_borne) over after_day as next_borne
from borne
window
    through_day as (partition by customer_kind, due_on, fraction_divisor order by day rows unbounded preceding),
    after_day as (
        partition by customer_kind, due_on, fraction_divisor
        order by day
        rows between 1 following and unbounded following
    )
