-- One row per zone plan and zone of the day: which hours are its, for energy measured by hours or shared over zones without a meter.
-- grain: valid_from, zone_plan, zone
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    zone_plan::zone_plan as zone_plan,
    zone::zone as zone,
    string_split(hours, ';')::tinyint[] as hours,      -- of the wall clock, from 0
    status::value_status as status,
    source
from reference_rows('zone_hour')
