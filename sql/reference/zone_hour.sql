-- One row per zone plan and zone of the day: hours of it a day, where a volume must be shared over zones without a meter.
-- grain: zone_plan, zone
-- kind:  reference
select
    zone_plan::zone_plan as zone_plan,
    zone::zone as zone,
    hours_a_day::integer as hours_a_day,
    status::value_status as status,
    source
from read_csv(getvariable('reference') || '/zone_hour.csv', header = true, all_varchar = true)
