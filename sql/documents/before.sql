-- One row per contract, earlier month that the month corrected, point and VAT rate: what all months before had posted for it.
-- params: $period
select
    lines.contract_number,
    lines.service_period,
    coalesce(lines.point_code, '') as point_code,
    lines.vat_pct,
    coalesce(sum(lines.kwh) filter (lines.component = 'energy'), 0)::bigint as kwh,
    sum(lines.amount_kopecks)::bigint as net_kopecks,
    sum(lines.vat_kopecks)::bigint as vat_kopecks
from business.charge_line as lines
semi join (
    select contract_number, service_period
    from business.charge_line
    where posting_period = $period and line_kind <> 'charge'
) as corrected
    on corrected.contract_number = lines.contract_number and corrected.service_period = lines.service_period
where lines.posting_period < $period
group by all
order by lines.contract_number, lines.service_period, point_code, lines.vat_pct
