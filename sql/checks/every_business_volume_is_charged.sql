-- What a charged month of a contract is reckoned to have used is what its lines of energy add up to, in kWh.
-- asset:    business.charge_line
-- severity: error
-- A month all of whose lines were taken back has a price that is not known any more: a warning says so.
with charged as (
    select contract_number, service_period
    from business.charge_line
    where component = 'energy'
    group by contract_number, service_period
    having sum(kwh) <> 0
),

newest as (
    select *
    from business.volume
    qualify row_number() over (partition by contract_number, point_code, service_period order by closing desc) = 1
),

sides as (
    select contract_number, point_code, service_period, kwh as used_kwh, 0 as charged_kwh
    from newest
    semi join charged
        on charged.contract_number = newest.contract_number and charged.service_period = newest.service_period
    union all
    select contract_number, point_code, service_period, 0 as used_kwh, kwh as charged_kwh
    from business.charge_line
    where component = 'energy'
)

select contract_number, point_code, service_period, sum(used_kwh)::bigint as used_kwh, sum(charged_kwh)::bigint as charged_kwh
from sides
group by contract_number, point_code, service_period
having sum(used_kwh) <> sum(charged_kwh)
