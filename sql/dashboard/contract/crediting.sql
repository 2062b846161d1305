-- One row per payment of a contract and part of a month that it pays, the newest payment first.
-- grain:  source_file_id, source_line, period, part
-- params: contract, since
select
    credited.source_file_id,
    credited.source_line,
    credited.paid_on,
    receipts.document_number,
    credited.period,
    credited.part,
    advances.share_pct,
    credited.due_on,
    credited.kopecks
from crediting as credited
left join receipt as receipts
    on receipts.source_file_id = credited.source_file_id
    and receipts.source_line = credited.source_line
    and receipts.contract_number = credited.contract_number
    and receipts.cancelled_period is null
left join business_advance as advances
    on advances.contract_number = credited.contract_number
    and advances.period = credited.period
    and advances.part = credited.part
where credited.contract_number = $contract and credited.paid_on >= $since
order by
    credited.paid_on desc, credited.source_file_id desc, credited.source_line desc, credited.period, credited.due_on
