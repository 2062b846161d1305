-- One row per document of a bank statement and part of a month that it pays (зачёт платежа), as it stands now.
-- grain: source_file_id, source_line, period, part
-- kind:  table
-- What of a document stands in no row is its contract's advance.
select
    parts.contract_number,
    payments.source_file_id,
    payments.source_line,
    payments.paid_on,
    owed.period,
    owed.part,
    owed.due_on,
    parts.kopecks
from business_step.part as parts
inner join business_step.closing as today on today.closing = parts.closing and today.is_open
inner join business_step.paying as payments
    on payments.contract_number = parts.contract_number
    and payments.closing = parts.closing
    and payments.money_no = parts.money_no
inner join business_step.owed as owed
    on owed.contract_number = parts.contract_number and owed.closing = parts.closing and owed.debt_no = parts.debt_no
where payments.source_file_id > 0
order by parts.contract_number, payments.paid_on, payments.source_file_id, payments.source_line, owed.due_on
