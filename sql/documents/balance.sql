-- One row per contract: its balance before the year of the month, and after the month.
-- params: $period
select
    contract_number,
    coalesce(
        max(opening_kopecks) filter (period = date_trunc('year', $period)),
        -- A contract of this year.
        0
    )::bigint as opening_kopecks,
    max(closing_kopecks) filter (period = $period)::bigint as closing_kopecks
from business.balance
where period between date_trunc('year', $period) and $period
group by contract_number
having max(closing_kopecks) filter (period = $period) is not null
