-- Payments posted in one month, with file and line. Parameters: account, period.
select
    payments.paid_on,
    payments.amount_kopecks,
    payments.channel::varchar as channel,
    payments.status::varchar as status,
    payments.named_period,
    payments.operation_id,
    files.name as file_name,
    files.sha256,
    payments.source_line
from ledger.payment as payments
inner join intake.source_file as files on files.source_file_id = payments.source_file_id
where payments.account_number = $account and payments.posting_period = $period
order by payments.paid_on, payments.source_file_id, payments.source_line
