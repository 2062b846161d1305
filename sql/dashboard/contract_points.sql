-- One row per point of a contract reckoned for a month: energy, how it was found, hours against the register.
-- grain:  point_code
-- params: contract, period
select
    volumes.point_code,
    points.address,
    points.voltage::varchar as voltage,
    volumes.price_category::integer as price_category,
    points.max_power_kw,
    volumes.kwh,
    volumes.basis::varchar as basis,
    volumes.hours_kwh,
    volumes.register_kwh,
    volumes.difference_kwh,
    case when volumes.hours_kwh is not null then volumes.hours_expected - volumes.hours_measured end as hours_lacking
from business_volume as volumes
left join business_point as points
    on points.contract_number = volumes.contract_number
    and points.point_code = volumes.point_code
    and points.from_period <= volumes.service_period and volumes.service_period < points.to_period
where volumes.contract_number = $contract and volumes.service_period = $period
order by volumes.kwh desc, volumes.point_code
