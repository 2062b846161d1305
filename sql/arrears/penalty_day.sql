-- One row per due day, part of the rate, and day after: on how many days through this one a household's debt bears penalty.
-- grain: due_on, fraction_divisor, day
-- kind:  step
-- law:   ЖК РФ ст. 155 ч. 14: k counts from the due day; moratoria spare days, the count runs on (decision 14)
with first_debt as (
    select least(
        (select min(service_period) from intake.opening_debt_fact), (select min(known_period) from intake.account_fact)
    ) as period
),

due as (
    select distinct due_dates.due_on
    from ledger.due_date as due_dates
    inner join first_debt on first_debt.period <= due_dates.service_period
    where due_dates.due_on <= (select as_of::date from replay.bounds)
),

days as (
    select
        due_on,
        unnest(generate_series(due_on, last_day((select open_period from replay.bounds)), interval 1 day))::date as day
    from due
),

divisors as (
    select distinct fraction_divisor
    from reference.penalty_scale
    where customer_kind = 'household' and fraction_divisor is not null
),

borne as (
    select
        days.due_on,
        divisors.fraction_divisor,
        days.day,
        scale.fraction_divisor is not null and pauses.from_day is null as is_borne
    from days
    cross join divisors
    left join reference.penalty_scale as scale
        on scale.customer_kind = 'household'
        and scale.fraction_divisor = divisors.fraction_divisor
        and scale.valid_from <= days.day and days.day < scale.valid_to
        and scale.day_from <= days.day - days.due_on
        and (scale.day_to is null or days.day - days.due_on <= scale.day_to)
    left join reference.moratorium as pauses
        on pauses.from_day <= days.day and days.day < pauses.to_day
        and (pauses.debts_due_before is null or days.due_on < pauses.debts_due_before)
)

select
    due_on,
    fraction_divisor,
    day,
    count(*) filter (where is_borne) over through_day as days,
    max(day) filter (where is_borne) over through_day as last_borne,
    min(day) filter (where is_borne) over after_day as next_borne
from borne
window
    through_day as (partition by due_on, fraction_divisor order by day rows unbounded preceding),
    after_day as (partition by due_on, fraction_divisor order by day rows between 1 following and unbounded following)
