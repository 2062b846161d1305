-- One row per thing that moved a contract's balance from the start of the year through the month: a bill, penalties, a payment.
-- params: $period
select contract_number, last_day(period) as day, 'bill' as kind, '' as document_number, total_kopecks as kopecks
from business.bill
where period between date_trunc('year', $period) and $period
union all
select contract_number, last_day(posting_period), 'penalty', '', sum(amount_kopecks)::bigint
from business.penalty_line
where posting_period between date_trunc('year', $period) and $period
group by contract_number, posting_period
having sum(amount_kopecks) <> 0
union all
select contract_number, paid_on, 'payment', document_number, -amount_kopecks
from business.receipt
where status = 'credited' and posting_period between date_trunc('year', $period) and $period
union all
select contract_number, last_day(cancelled_period), 'moved', document_number, amount_kopecks
from business.receipt
where status = 'credited' and cancelled_period between date_trunc('year', $period) and $period
order by contract_number, day, kind, document_number, kopecks
