-- One row per zone plan and zone: the registers a meter of the plan has.
-- grain: zone_plan, zone
-- kind:  step
select plans.zone_plan::zone_plan as zone_plan, unnest(plans.zones)::zone as zone
from (values ('one_rate', ['all']), ('two_zone', ['day', 'night']), ('three_zone', ['peak', 'half_peak', 'night']))
    as plans (zone_plan, zones)
