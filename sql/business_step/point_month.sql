-- One row per evaluation and point supplied in its month: how it is supplied, and on which days of the month.
-- grain: contract_number, point_code, service_period, closing
-- kind:  step
select
    evaluations.contract_number,
    points.point_code,
    evaluations.service_period,
    evaluations.closing,
    greatest(evaluations.service_period, points.supplied_from) as first_day,
    least(last_day(evaluations.service_period), points.supplied_to) as last_day,
    -- Of the wall clock: 26 October 2014 had 25.
    (
        epoch(timezone('Europe/Moscow', (least(last_day(evaluations.service_period), points.supplied_to) + 1)::timestamp))
        - epoch(timezone('Europe/Moscow', greatest(evaluations.service_period, points.supplied_from)::timestamp))
    )::bigint // 3600 as hours,
    points.voltage,
    points.power_group,
    points.max_power_kw,
    points.price_category,
    points.network_variant,
    points.zone_plan
from business_step.evaluation as evaluations
inner join business.supply_point as points
    on points.contract_number = evaluations.contract_number
    and points.from_period <= evaluations.service_period and evaluations.service_period < points.to_period
    and points.known_from <= evaluations.closing and evaluations.closing < points.known_to
    and points.supplied_from <= last_day(evaluations.service_period)
    and coalesce(points.supplied_to, date '9999-12-31') >= evaluations.service_period
