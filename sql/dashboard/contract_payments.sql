-- One row per part of what a contract pays for its months, newest first: advances and the rest, each with its day.
-- grain:  period, part
-- params: contract, since
select period, part::integer as part, share_pct, base_period, base_kopecks, due_on, amount_kopecks
from business_advance
where contract_number = $contract and period >= $since
order by period desc, part
