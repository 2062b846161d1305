-- One row per day: the first period whose bill money of that day still pays by its due day, and the first it pays free of penalty.
-- grain: day
-- kind:  step
-- Moratoria spare some debts longer than later ones; a period counts as free of penalty no longer than those after it.
with terms as (
    select
        service_period,
        due_on,
        min(coalesce(bears_from, date '9999-12-31')) over (
            order by service_period rows between current row and unbounded following
        ) as bears_from
    from arrears.term
),

limits as (
    select min(service_period) as period, bears_from from terms group by bears_from
),

days as (
    select unnest(generate_series(
        (select min(due_on) from terms) - interval 1 month,
        (select open_period from replay.bounds) + interval 1 month,
        interval 1 day
    ))::date as day
)

select days.day, terms.service_period as period, limits.period as free_period
from days
asof inner join terms on terms.due_on >= days.day
asof inner join limits on limits.bears_from > days.day
