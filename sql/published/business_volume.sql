-- One row per contract, point and service period: energy as reckoned last, and hours against the register.
select *
from business.volume
qualify row_number() over (partition by contract_number, point_code, service_period order by closing desc) = 1
