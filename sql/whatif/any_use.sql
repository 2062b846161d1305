-- One row per register in place: a kWh on each, so that the month is rated; without a meter, on the account itself.
-- Parameters: none.
with places as (
    select meters.account_number, meters.meter_serial, meters.zone_plan, zones.zone
    from known.meter_version as meters
    inner join known.plan_zone as zones on zones.zone_plan = meters.zone_plan
    where meters.known_to = timestamptz '9999-12-31 00:00:00+00' and meters.removed_on is null
    union all
    select account_number, '' as meter_serial, 'one_rate'::zone_plan as zone_plan, 'all'::zone as zone
    from known.account
    where not exists (
        select 1 from known.meter_version where known_to = timestamptz '9999-12-31 00:00:00+00' and removed_on is null
    )
)

select
    places.account_number,
    bounds.open_period as service_period,
    bounds.open_period as closing,
    registers.register_key,
    places.zone_plan,
    'reading'::basis as basis,
    1::bigint as energy_kwh,
    null::value_status as use_status
from places
cross join snapshot.replay.bounds as bounds
inner join known.register as registers
    on registers.account_number = places.account_number
    and registers.meter_serial = places.meter_serial
    and registers.zone = places.zone
