-- One row per billing month from January 2014 through the open one (расчётный период).
-- grain: period
-- kind:  table
select unnest(generate_series(date '2014-01-01', open_period, interval 1 month))::date as period
from replay.bounds
