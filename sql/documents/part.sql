-- One row per contract and part of the month's payment that is asked for; the rest of a bill has no share.
-- params: $period
select contract_number, part, due_on, amount_kopecks, share_pct is null as is_rest
from business.advance
where period = $period
order by contract_number, part
