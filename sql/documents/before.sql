-- One row per contract and earlier month that the month corrected: what all months before had posted for it.
-- params: $period
select
    lines.contract_number,
    lines.service_period,
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
group by lines.contract_number, lines.service_period
