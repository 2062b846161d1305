-- One row per evaluation, point of the second category all hours of which were measured, and zone: energy of the hours of the zone.
-- grain: contract_number, point_code, service_period, closing, zone
-- kind:  step
-- law:   RULES.md 10 (ЦК2): the volume of a zone is that of its hours; hours are whole kWh and add up to the month
with hours as (
    select
        months.contract_number,
        months.point_code,
        months.service_period,
        months.closing,
        months.zone_plan,
        days.day,
        unnest(range(len(days.reached_kwh) - 1)) as place,
        unnest(days.reached_kwh[2:])::bigint - unnest(days.reached_kwh[:-2]) as kwh
    from business_step.point_month as months
    inner join business_step.hour_sum as sums using (contract_number, point_code, service_period, closing)
    inner join business_step.hour_day as days using (contract_number, point_code, service_period, closing)
    where months.price_category = 2 and sums.hours_measured = months.hours
)

select
    hours.contract_number,
    hours.point_code,
    hours.service_period,
    hours.closing,
    zones.zone,
    sum(hours.kwh)::bigint as kwh
from hours
inner join reference.zone_hour as zones
    on zones.zone_plan = hours.zone_plan
    and zones.valid_from <= hours.day and hours.day < zones.valid_to
    -- The wall clock: on 26 October 2014 one o'clock came twice.
    and list_contains(
        zones.hours,
        hour(timezone('Europe/Moscow', timezone('Europe/Moscow', hours.day::timestamp) + to_hours(hours.place)))::tinyint
    )
group by all
