-- One row per register (регистр) an account was ever said to have, and one of its own for what is charged without a meter.
-- grain: register_key
-- kind:  step
-- Keys grow with account, meter and zone, so that they break ties of a split in that order (decision 11).
with meters as (
    select distinct account_number, meter_serial, meter_number, zone_plan from known.meter_version
)

select distinct
    meters.meter_number * 8 + enum_code(zones.zone) as register_key,
    meters.account_number,
    meters.meter_serial,
    zones.zone
from meters
inner join known.plan_zone as zones on zones.zone_plan = meters.zone_plan
union all
select -account_number as register_key, account_number, '' as meter_serial, 'all'::zone as zone
from known.account
