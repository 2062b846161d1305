-- One row per contract and point: what it used in the month, how that was found, and hours against register.
-- params: $period
select
    volumes.contract_number,
    volumes.point_code,
    volumes.price_category,
    volumes.kwh,
    volumes.basis::varchar as basis,
    volumes.hours_expected,
    volumes.hours_measured,
    volumes.register_kwh
from business.volume as volumes
where volumes.service_period = $period
qualify row_number() over (
    partition by volumes.contract_number, volumes.point_code order by volumes.closing desc
) = 1
order by volumes.contract_number, volumes.point_code
