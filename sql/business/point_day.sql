-- One row per point and day: provisional.
-- grain: point_code, day
-- kind:  table
select point_code, day, wh
from intake.energy_day_fact
where channel_code = '01'
qualify row_number() over (partition by point_code, day order by known_at desc, source_line desc) = 1
