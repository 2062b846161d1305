-- One row per service period and component of what a contract was charged, corrections in it: energy, sum and mean price.
-- grain:  service_period, component
-- params: contract, since, period
select
    service_period,
    component::varchar as component,
    sum(kwh)::bigint as kwh,
    sum(kw) as kw,
    sum(amount_kopecks)::bigint as amount_kopecks,
    sum(vat_kopecks)::bigint as vat_kopecks
from business_charge_line
where contract_number = $contract and service_period >= $since and service_period <= $period
group by service_period, component
order by service_period, component
