-- One row per billing month from January 2014, or from the first one in which an account was known, through the open one.
-- grain: period
-- kind:  step
with known as (
    select min(known_period) as period from intake.account_fact
)

select unnest(generate_series(least(date '2014-01-01', known.period), bounds.open_period, interval 1 month))::date as period
from replay.bounds as bounds
cross join known
