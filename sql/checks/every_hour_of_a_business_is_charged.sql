-- The measured hours of a point supplied by category 3 to 6 add up to the energy charged by hours for each month that is charged.
-- asset:    business.charge_line
-- severity: error
with supplied as (
    select contract_number, point_code, from_period, to_period, supplied_from, coalesce(supplied_to, date '9999-12-31') as supplied_to
    from business.supply_point
    where known_to = date '9999-12-31' and price_category >= 3
),

hours as (
    select
        supplied.contract_number,
        supplied.point_code,
        date_trunc('month', days.day)::date as service_period,
        (sum(coalesce(list_sum(days.wh), 0))::bigint + 500) // 1000 as kwh
    from supplied
    inner join business.point_day as days
        on days.point_code = supplied.point_code
        and days.day between supplied.supplied_from and supplied.supplied_to
        and supplied.from_period <= date_trunc('month', days.day) and date_trunc('month', days.day) < supplied.to_period
    group by all
    having sum(days.hours_filled + days.hours_unknown) = 0
),

charged as (
    select contract_number, service_period
    from business.charge_line
    where component = 'energy'
    group by contract_number, service_period
    having sum(kwh) <> 0
),

lines as (
    select contract_number, point_code, service_period, sum(kwh)::bigint as kwh
    from business.charge_line
    where component = 'energy' and basis = 'hours'
    group by contract_number, point_code, service_period
)

select hours.contract_number, hours.point_code, hours.service_period, hours.kwh as used_kwh, coalesce(lines.kwh, 0) as charged_kwh
from hours
semi join charged
    on charged.contract_number = hours.contract_number and charged.service_period = hours.service_period
left join lines
    on lines.contract_number = hours.contract_number
    and lines.point_code = hours.point_code
    and lines.service_period = hours.service_period
where hours.kwh <> coalesce(lines.kwh, 0)
