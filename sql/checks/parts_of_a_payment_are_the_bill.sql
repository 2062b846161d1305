-- The advances and the rest of a month add up to its bill.
-- asset:    business.advance
-- severity: error
select bills.contract_number, bills.period, bills.total_kopecks, coalesce(sum(parts.amount_kopecks), 0)::bigint as parts_kopecks
from business.bill as bills
left join business.advance as parts on parts.contract_number = bills.contract_number and parts.period = bills.period
semi join business.contract as contracts on contracts.contract_number = bills.contract_number
group by bills.contract_number, bills.period, bills.total_kopecks
having bills.total_kopecks <> coalesce(sum(parts.amount_kopecks), 0)
