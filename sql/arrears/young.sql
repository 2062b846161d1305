-- One row: the first month whose bill, like those of all later months, is too young to bear penalty by now.
-- grain: from_period
-- kind:  step
select
    coalesce(
        (max(service_period) filter (where bears_from <= (select as_of::date from replay.bounds)) + interval 1 month)::date,
        date '1900-01-01'
    ) as from_period
from arrears.term
