-- One row per month whose penalties this run counts: the months that are not closed for good.
-- grain: closing
-- kind:  step
with bounds as (
    select sealed_period, open_period, as_of::date as as_of_day from replay.bounds
),

first_month as (
    select min(period) as period from (select period from business.bill union all select period from business.advance)
),

months as (
    select unnest(generate_series(
        greatest(first_month.period, bounds.sealed_period + interval 1 month), bounds.open_period, interval 1 month
    ))::date as closing
    from first_month
    cross join bounds
    where first_month.period is not null
)

select months.closing, least(last_day(months.closing), bounds.as_of_day) as last_day, months.closing = bounds.open_period as is_open
from months
cross join bounds
