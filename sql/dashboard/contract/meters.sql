-- One row per meter that stands at a point supplied under a contract in a month.
-- grain:  point_code, meter_serial
-- params: contract, period
select
    meters.point_code,
    meters.meter_serial,
    meters.zone_plan::varchar as zone_plan,
    meters.transformer_ratio,
    meters.installed_on,
    meters.verified_until
from point_meter as meters
inner join business_point as points
    on points.point_code = meters.point_code
    and points.contract_number = $contract
    and points.from_period <= $period
    and $period < points.to_period
    and (points.supplied_to is null or points.supplied_to >= $period)
where meters.removed_on is null
order by meters.point_code, meters.meter_serial
