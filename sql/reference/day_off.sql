-- One row per holiday or moved day off that is neither a Saturday nor a Sunday: nothing falls due on it.
-- grain: day
-- kind:  reference
-- law:   ТК РФ ст. 112; ГК РФ ст. 193
select
    day::date as day,
    name,
    status::value_status as status,
    source
from reference_rows('day_off')
