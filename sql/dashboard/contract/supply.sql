-- One row per point that a contract is supplied at in a month: how it is connected and charged.
-- grain:  point_code
-- params: contract, period
select
    point_code,
    address,
    voltage::varchar as voltage,
    power_group::varchar as power_group,
    max_power_kw,
    price_category::integer as price_category,
    network_variant::varchar as network_variant,
    zone_plan::varchar as zone_plan
from business_point
where
    contract_number = $contract
    and from_period <= $period
    and $period < to_period
    and (supplied_to is null or supplied_to >= $period)
order by point_code
