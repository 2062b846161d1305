-- What a charged month of a contract is reckoned to have used is what its lines of energy add up to, in kWh.
-- asset:    business.charge_line
-- severity: error
with newest as (
    select *
    from business.volume
    qualify row_number() over (partition by contract_number, point_code, service_period order by closing desc) = 1
),

sides as (
    select contract_number, point_code, service_period, kwh as used_kwh, 0 as charged_kwh
    from newest
    semi join business.charge_line as lines
        on lines.contract_number = newest.contract_number and lines.service_period = newest.service_period
    union all
    select contract_number, point_code, service_period, 0 as used_kwh, kwh as charged_kwh
    from business.charge_line
    where component = 'energy'
)

select contract_number, point_code, service_period, sum(used_kwh)::bigint as used_kwh, sum(charged_kwh)::bigint as charged_kwh
from sides
group by contract_number, point_code, service_period
having sum(used_kwh) <> sum(charged_kwh)
