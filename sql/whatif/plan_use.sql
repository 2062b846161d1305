-- One row per account, month, register and basis: the energy that is charged for the month as the ledger stands, on a meter of another plan.
-- Parameters: first_period, last_period, zone_plan, night_percent (of what was counted without zones).
-- What was counted by zones stays where it was: night is the same hours under both plans, the rest of the day is day.
with counted as (
    select
        account_number,
        service_period,
        meter_serial,
        basis,
        sum(kwh)::bigint as kwh,
        coalesce(sum(kwh) filter (zone = 'night'), 0)::bigint as night_kwh,
        coalesce(sum(kwh) filter (zone = 'all'), 0)::bigint as unzoned_kwh
    from snapshot.ledger.charge_line
    where
        service_period between $first_period and $last_period
        and basis in ('reading', 'average', 'normative')
        and account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number, service_period, meter_serial, basis
),

split as (
    select
        *,
        night_kwh + (sign(unzoned_kwh) * ((abs(unzoned_kwh) * $night_percent + 50) // 100))::bigint as night_share_kwh
    from counted
),

-- What is charged without a meter has no zones under any plan.
zoned as (
    select account_number, service_period, meter_serial, basis, 'all'::zone as zone, 'one_rate'::zone_plan as zone_plan, kwh
    from split
    where $zone_plan = 'one_rate' or meter_serial = ''
    union all
    select account_number, service_period, meter_serial, basis, 'day', 'two_zone', kwh - night_share_kwh
    from split
    where $zone_plan = 'two_zone' and meter_serial <> ''
    union all
    select account_number, service_period, meter_serial, basis, 'night', 'two_zone', night_share_kwh
    from split
    where $zone_plan = 'two_zone' and meter_serial <> ''
)

select
    zoned.account_number,
    zoned.service_period,
    bounds.open_period as closing,
    registers.register_key,
    zoned.zone_plan,
    zoned.basis,
    zoned.kwh as energy_kwh,
    null::value_status as use_status
from zoned
cross join snapshot.replay.bounds as bounds
inner join known.register as registers
    on registers.account_number = zoned.account_number
    and registers.meter_serial = zoned.meter_serial
    and registers.zone = zoned.zone
where zoned.kwh <> 0
