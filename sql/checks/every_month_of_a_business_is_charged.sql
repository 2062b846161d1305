-- Every month of a contract that is over and used energy is charged; where it is not, a price or an hour is not known yet.
-- asset:    business.volume
-- severity: warn
select distinct volumes.contract_number, volumes.service_period
from business.volume as volumes
anti join business.charge_line as lines
    on lines.contract_number = volumes.contract_number and lines.service_period = volumes.service_period
where
    volumes.service_period < (select open_period from business.bounds)
    and (volumes.kwh <> 0 or volumes.basis is null)
