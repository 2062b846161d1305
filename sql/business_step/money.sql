-- One row per sum that pays a contract's debts: a document of a bank statement, or a month that took back more than it charged.
-- grain: contract_number, paid_on, turn, source_file_id, source_line, posting_period
-- kind:  step
-- law:   decision 15: in the order of their day, of what was known first, of file and line
select
    contract_number,
    paid_on,
    2 as turn,
    source_file_id,
    source_line,
    posting_period,
    cancelled_period,
    named_period,
    amount_kopecks as kopecks
from business.receipt
where status = 'credited' and amount_kopecks > 0
union all
select contract_number, last_day(period), 1, 0, 0, (period + interval 1 month)::date, null, null, -total_kopecks
from business.bill
where total_kopecks < 0
