-- Every month of a contract that is over and used energy is charged; where it is not, a price or an hour is not known yet.
-- asset:    business.volume
-- severity: warn
with charged as (
    select contract_number, service_period
    from business.charge_line
    where component = 'energy'
    group by contract_number, service_period
    having sum(kwh) <> 0
)

select distinct volumes.contract_number, volumes.service_period
from business.volume as volumes
anti join charged
    on charged.contract_number = volumes.contract_number and charged.service_period = volumes.service_period
where
    volumes.service_period < (select open_period from business.bounds)
    and (volumes.kwh <> 0 or volumes.basis is null)
