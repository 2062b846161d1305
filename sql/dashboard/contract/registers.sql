-- One row per point, meter and zone of a contract that is read at the end of a month: what it showed last before that.
-- grain:  point_code, meter_serial, zone
-- params: contract, period
-- law:   read at 00:00 of the 1st of the month after (RULES.md 9.1); on the days a meter comes and goes its own values are kept
with points as (
    select point_code, address, max_power_kw
    from business_point
    where
        contract_number = $contract
        and from_period <= $period::date and $period::date < to_period
        and coalesce(supplied_to, date '9999-12-31') >= $period::date
),

registers as (
    select
        meters.point_code,
        meters.meter_serial,
        meters.whole_digits,
        meters.installed_on,
        unnest(case meters.zone_plan
            when 'one_rate' then ['all']
            when 'two_zone' then ['day', 'night']
            else ['peak', 'half_peak', 'night']
        end)::zone as zone,
        unnest([meters.opening_t1, meters.opening_t2, meters.opening_t3]) as opening_value
    from point_meter as meters
    where
        meters.installed_on < $period::date + interval 1 month
        and coalesce(meters.removed_on, date '9999-12-31') > $period::date + interval 1 month
),

last_read as (
    select
        point_code,
        meter_serial,
        zone,
        arg_max(value, service_period) as value,
        max(service_period) as service_period
    from point_register
    where service_period < $period::date
    group by point_code, meter_serial, zone
)

select
    registers.point_code,
    points.address,
    registers.meter_serial,
    registers.zone::varchar as zone,
    registers.whole_digits,
    points.max_power_kw,
    coalesce(last_read.value, registers.opening_value) as last_value,
    coalesce((last_read.service_period + interval 1 month)::date, registers.installed_on) as last_read_on,
    known.value as known_value,
    known.told_values
from registers
inner join points on points.point_code = registers.point_code
left join last_read
    on last_read.point_code = registers.point_code
    and last_read.meter_serial = registers.meter_serial
    and last_read.zone = registers.zone
left join point_register as known
    on known.point_code = registers.point_code
    and known.meter_serial = registers.meter_serial
    and known.zone = registers.zone
    and known.service_period = $period::date
where registers.zone is not null
order by registers.point_code, registers.meter_serial, registers.zone
