-- One row per contract, point, month of supply, component and VAT rate that the month posted: charges, and differences of earlier months.
-- params: $period
select
    contract_number,
    coalesce(point_code, '') as point_code,
    service_period,
    line_kind = 'charge' as is_charge,
    component::varchar as component,
    vat_pct,
    coalesce(sum(kwh) filter (component = 'energy'), 0)::bigint as kwh,
    sum(amount_kopecks)::bigint as net_kopecks,
    sum(vat_kopecks)::bigint as vat_kopecks
from business.charge_line
where posting_period = $period
group by all
order by contract_number, service_period, point_code, component, vat_pct
