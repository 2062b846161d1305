-- One row per register in place: what it would use in the open month if it used as much as in some months before, on average.
-- Parameters: from_period, to_period, months (how many they are).
-- Nothing where those months were counted by other registers.
with used as (
    select account_number, meter_serial, zone, sum(kwh)::bigint as kwh
    from snapshot.ledger.charge_line
    where
        service_period between $from_period and $to_period
        and basis in ('reading', 'average', 'normative')
        and account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number, meter_serial, zone
    having sum(kwh) > 0
),

counted as (
    select used.*, registers.register_key, meters.zone_plan
    from used
    left join known.meter_version as meters
        on meters.account_number = used.account_number
        and meters.meter_serial = used.meter_serial
        and meters.known_to = timestamptz '9999-12-31 00:00:00+00'
        and meters.removed_on is null
    left join known.plan_zone as zones on zones.zone_plan = meters.zone_plan and zones.zone = used.zone
    left join known.register as registers
        on registers.account_number = used.account_number
        and registers.meter_serial = meters.meter_serial
        and registers.zone = zones.zone
)

select
    counted.account_number,
    bounds.open_period as service_period,
    bounds.open_period as closing,
    counted.register_key,
    counted.zone_plan,
    'reading'::basis as basis,
    (counted.kwh * 2 + $months) // (2 * $months) as energy_kwh,
    null::value_status as use_status
from counted
cross join snapshot.replay.bounds as bounds
where not exists (select 1 from counted where register_key is null)
