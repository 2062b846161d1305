-- The advances and the rest of a month add up to its bill.
-- asset:    business.advance
-- severity: error
-- What was billed before its contract was known has no parts; its whole is due.
select bills.contract_number, bills.period, bills.total_kopecks, sum(parts.amount_kopecks)::bigint as parts_kopecks
from business.bill as bills
inner join business.advance as parts on parts.contract_number = bills.contract_number and parts.period = bills.period
group by bills.contract_number, bills.period, bills.total_kopecks
having count_if(parts.share_pct is null) > 0 and bills.total_kopecks <> sum(parts.amount_kopecks)
