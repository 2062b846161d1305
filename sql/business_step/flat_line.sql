-- One row per evaluation, point, component, zone and basis of what is charged by the month: categories 1 and 2, and acts.
-- grain: contract_number, point_code, service_period, closing, component, zone, basis
-- kind:  step
-- law:   RULES.md 10. 1: energy at w, capacity at α·c; 2: energy at the price of its zone, capacity in it. An act is charged as
--        category 1 with the one-rate network tariff (assumed)
with volumes as (
    select
        volumes.contract_number,
        volumes.point_code,
        volumes.service_period,
        volumes.closing,
        volumes.basis,
        prices.price_category = 2 and volumes.basis <> 'act' as is_by_zone,
        case when is_by_zone then volumes.zone else 'all' end::zone as zone,
        sum(volumes.kwh)::bigint as kwh
    from business_step.volume as volumes
    inner join business_step.point_price as prices using (contract_number, point_code, service_period, closing)
    where prices.price_category <= 2 or volumes.basis = 'act'
    group by all
)

select
    volumes.contract_number,
    volumes.point_code,
    volumes.service_period,
    volumes.closing,
    volumes.basis,
    volumes.zone,
    parts.component,
    volumes.kwh,
    null::bigint as watts,
    case parts.component
        when 'energy'
            then case
                when volumes.is_by_zone then (prices.zone_prices[volumes.zone::varchar] * 100000)::bigint
                else prices.average_e5
            end
        when 'capacity' then prices.alpha_capacity_e5
        when 'network' then prices.flat_network_e5
        when 'markup' then prices.markup_e5
        else prices.other_e5
    end as price_e5,
    null::hugeint as hourly_cost
from volumes
inner join business_step.point_price as prices using (contract_number, point_code, service_period, closing)
cross join (select unnest(['energy', 'capacity', 'network', 'markup', 'other']) as component) as parts
where parts.component <> 'capacity' or not volumes.is_by_zone
