-- One row per month with bills of businesses, oldest first: contracts, energy and sums.
-- grain:  period
-- params: none
select
    period,
    count(*) as contracts,
    sum(kwh)::bigint as kwh,
    sum(net_kopecks)::bigint as net_kopecks,
    sum(vat_kopecks)::bigint as vat_kopecks,
    sum(total_kopecks)::bigint as total_kopecks,
    sum(corrected_kopecks)::bigint as corrected_kopecks
from business_bill
group by period
order by period
