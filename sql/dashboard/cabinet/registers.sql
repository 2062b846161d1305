-- One row per zone of a meter in place: the last accepted value.
-- grain:  meter_serial, zone
-- params: account_number
with zones as (
    select
        meter_serial,
        zone_plan,
        whole_digits,
        unnest(
            case zone_plan
                when 'one_rate' then ['all']
                when 'two_zone' then ['day', 'night']
                else ['peak', 'half_peak', 'night']
            end
        )::zone as zone
    from meter
    where account_number = $account_number and removed_on is null
),

last_accepted as (
    select
        meter_serial,
        zone,
        arg_max(value, received_at) as value,
        arg_max(read_on, received_at) as read_on
    from reading
    where account_number = $account_number and verdict = 'accepted'
    group by meter_serial, zone
)

select
    zones.meter_serial,
    zones.zone::varchar as zone,
    zones.zone_plan::varchar as zone_plan,
    zones.whole_digits,
    last_accepted.value as last_value,
    last_accepted.read_on as last_read_on
from zones
left join last_accepted on last_accepted.meter_serial = zones.meter_serial and last_accepted.zone = zones.zone
order by zones.meter_serial, zones.zone
