-- One row per point, closing, register and two readings after each other: energy between them, as known at the closing.
-- grain: point_code, closing, meter_serial, zone, from_day
-- kind:  step
-- law:   difference × transformer ratio; registers are rounded to whole kWh where they stand, so that what is left is carried.
--        A dial that passed zero is believed up to a tenth of its range; another fall says nothing (kwh is null)
with meters as (
    select closings.closing, facts.*
    from business_step.register_closing as closings
    inner join intake.point_meter_fact as facts on facts.point_code = closings.point_code
    inner join business_step.known_file as files
        on files.source_file_id = facts.source_file_id and files.closing <= closings.closing
    qualify row_number() over (
        partition by facts.point_code, closings.closing, facts.meter_serial
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
),

registers as (
    select closings.closing, facts.*
    from business_step.register_closing as closings
    inner join intake.point_register_fact as facts on facts.point_code = closings.point_code
    inner join business_step.known_file as files
        on files.source_file_id = facts.source_file_id and files.closing <= closings.closing
    qualify row_number() over (
        partition by facts.point_code, closings.closing, facts.meter_serial, facts.zone, facts.service_period
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
),

ends as (
    select
        point_code,
        closing,
        meter_serial,
        unnest(case zone_plan
            when 'one_rate' then ['all']
            when 'two_zone' then ['day', 'night']
            else ['peak', 'half_peak', 'night']
        end)::zone as zone,
        unnest([opening_t1, opening_t2, opening_t3]) as opening_value,
        unnest([closing_t1, closing_t2, closing_t3]) as closing_value,
        installed_on,
        removed_on,
        transformer_ratio,
        whole_digits
    from meters
),

boundaries as (
    select point_code, closing, meter_serial, zone, installed_on as day, opening_value as value, transformer_ratio, whole_digits
    from ends
    where zone is not null
    union all
    select point_code, closing, meter_serial, zone, removed_on, closing_value, transformer_ratio, whole_digits
    from ends
    where zone is not null and removed_on > installed_on
    union all
    select
        ends.point_code,
        ends.closing,
        ends.meter_serial,
        ends.zone,
        (registers.service_period + interval 1 month)::date,
        registers.value,
        ends.transformer_ratio,
        ends.whole_digits
    from ends
    inner join registers
        on registers.point_code = ends.point_code
        and registers.closing = ends.closing
        and registers.meter_serial = ends.meter_serial
        and registers.zone = ends.zone
        and registers.service_period + interval 1 month > ends.installed_on
        and registers.service_period + interval 1 month < coalesce(ends.removed_on, date '9999-12-31')
),

reached as (
    select
        * exclude (value),
        round(value::decimal(18, 3) * transformer_ratio::decimal(9, 0), 0)::bigint as kwh,
        (10 ** whole_digits)::bigint * transformer_ratio as range_kwh
    from boundaries
),

spans as (
    select
        *,
        lead(day) over register as to_day,
        lead(kwh) over register - kwh as difference
    from reached
    window register as (partition by point_code, closing, meter_serial, zone order by day)
)

select
    point_code,
    closing,
    meter_serial,
    zone,
    day as from_day,
    to_day,
    case
        when difference >= 0 then difference
        when (difference + range_kwh) * 10 <= range_kwh then difference + range_kwh
    end::bigint as kwh
from spans
where to_day is not null
