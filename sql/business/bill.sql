-- One row per contract and month in which something was posted to it (счёт за месяц): its charges and its corrections of earlier months.
-- grain: contract_number, period
-- kind:  table
-- money: sums of rounded lines
select
    contract_number,
    posting_period as period,
    coalesce(sum(kwh) filter (where component = 'energy'), 0)::bigint as kwh,
    sum(amount_kopecks)::bigint as net_kopecks,
    sum(vat_kopecks)::bigint as vat_kopecks,
    sum(amount_kopecks + vat_kopecks)::bigint as total_kopecks,
    coalesce(sum(amount_kopecks + vat_kopecks) filter (where line_kind <> 'charge'), 0)::bigint as corrected_kopecks
from business.charge_line
group by contract_number, posting_period
order by contract_number, period
