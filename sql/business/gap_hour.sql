-- One row per point, day and hour of a day of which not every hour was measured: what was, and what stands in for the rest.
-- grain: point_code, day, place
-- kind:  table
-- law:   the ladder of business_step.gap_day, looked at with all that is known now
select
    point_code,
    day,
    unnest(range(1, len(wh) + 1))::tinyint as place,   -- from 1, in the order in which the day passes
    unnest(wh) as wh,
    unnest(basis) as basis
from business_step.gap_day
where contract_number is null
