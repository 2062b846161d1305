-- One row per evaluation (no contract: as it is known now), point, month looked at and zone: energy by its registers, and whether they
-- cover the supplied days.
-- grain: contract_number, point_code, service_period, closing, months_back, zone
-- kind:  step
-- law:   months_back 0 is the month itself, 1 and 2 the ones before, 12 the same month of last year: all that the ladder of a month
--        without a reading asks for (RULES.md 9.2). Energy between two readings is spread over the days between them, cumulatively
with wanted as (
    select
        months.contract_number,
        months.point_code,
        months.service_period,
        months.closing,
        back.months_back,
        greatest((months.service_period - to_months(back.months_back))::date, points.supplied_from) as from_day,
        months.price_category = 2 as is_by_zone,
        least(
            (months.service_period - to_months(back.months_back) + interval 1 month)::date,
            case when back.months_back = 0 then months.last_day + 1 else date '9999-12-31' end
        ) as to_day
    from business_step.point_month as months
    inner join business.supply_point as points
        on points.contract_number = months.contract_number
        and points.point_code = months.point_code
        and points.from_period <= months.service_period and months.service_period < points.to_period
        and points.known_from <= months.closing and months.closing < points.known_to
    cross join (select unnest([0, 1, 2, 12]) as months_back) as back
    union all
    select null, point_code, service_period, closing, 0, first_day, false, last_day + 1
    from business_step.large_month
    where contract_number is null
),

parts as (
    select
        wanted.contract_number,
        wanted.point_code,
        wanted.service_period,
        wanted.closing,
        wanted.months_back,
        wanted.to_day - wanted.from_day as wanted_days,
        spans.zone,
        -- One register for the whole day says nothing of zones.
        spans.kwh is null or (wanted.is_by_zone and spans.zone = 'all') as is_broken,
        least(spans.to_day, wanted.to_day) - greatest(spans.from_day, wanted.from_day) as days,
        spans.kwh,
        spans.to_day - spans.from_day as span_days,
        greatest(spans.from_day, wanted.from_day) - spans.from_day as days_before,
        least(spans.to_day, wanted.to_day) - spans.from_day as days_through
    from wanted
    left join business_step.register_span as spans
        on spans.point_code = wanted.point_code
        and spans.closing = wanted.closing
        and spans.from_day < wanted.to_day and wanted.from_day < spans.to_day
    where wanted.from_day < wanted.to_day
),

zones as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        months_back,
        zone,
        any_value(wanted_days) as wanted_days,
        coalesce(sum(days) filter (where not is_broken), 0) as covered_days,
        -- Half up, cumulatively: the parts of a span add up to it.
        sum(
            (2 * kwh * days_through + span_days) // (2 * span_days) - (2 * kwh * days_before + span_days) // (2 * span_days)
        )::bigint as kwh
    from parts
    group by contract_number, point_code, service_period, closing, months_back, zone
)

select
    contract_number,
    point_code,
    service_period,
    closing,
    months_back,
    zone,
    kwh,
    wanted_days,
    min(covered_days) over (
        partition by contract_number, point_code, service_period, closing, months_back
    ) >= wanted_days as is_covered
from zones
