-- One row per evaluation, point and component of what is charged by the hour: categories 3 to 6.
-- grain: contract_number, point_code, service_period, closing, component
-- kind:  step
-- law:   RULES.md 10: energy Σ E·p, network and other on ΣE, capacity on the mean at the published peak hours, two-rate network on the
--        mean of the daily maxima in the planned ones; both means in W, half up
select
    sums.contract_number,
    sums.point_code,
    sums.service_period,
    sums.closing,
    'hours'::volume_basis as basis,
    'all'::zone as zone,
    parts.component,
    case when parts.component in ('capacity', 'network_capacity') then 0 else sums.kwh end as kwh,
    case parts.component
        when 'capacity' then (2000 * sums.peak_kwh + sums.peak_days) // nullif(2 * sums.peak_days, 0)
        when 'network_capacity' then (2000 * sums.planned_kwh + sums.peak_days) // nullif(2 * sums.peak_days, 0)
    end as watts,
    case parts.component
        when 'capacity' then prices.capacity_e5
        when 'network' then prices.network_e5
        when 'network_capacity' then prices.network_capacity_e5
        when 'markup' then prices.markup_e5
        when 'other' then prices.other_e5
    end as price_e5,
    case when parts.component = 'energy' and sums.hours_unpriced = 0 then sums.energy_cost end as hourly_cost
from business_step.hour_sum as sums
inner join business_step.point_price as prices using (contract_number, point_code, service_period, closing)
cross join (select unnest(['energy', 'capacity', 'network', 'network_capacity', 'markup', 'other']) as component) as parts
where
    prices.price_category >= 3
    and (parts.component <> 'network_capacity' or prices.network_variant = 'two_rate')
