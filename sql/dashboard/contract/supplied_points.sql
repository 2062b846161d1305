-- One row per point of a contract and stretch of its terms: the days it is supplied on, its category and power.
-- grain:  point_code, from_period
-- params: contract
select
    point_code,
    address,
    from_period,
    to_period,
    supplied_from,
    coalesce(supplied_to, date '9999-12-31') as supplied_to,
    price_category::integer as price_category,
    max_power_kw
from business_point
where contract_number = $contract
order by point_code, from_period
