-- One row per payment of an account, newest first, with the file and line it came from.
-- grain:  payment_id
-- params: account_number, since
select
    payments.paid_on,
    payments.posting_period,
    payments.amount_kopecks,
    payments.channel::varchar as channel,
    payments.agent,
    payments.operation_id,
    payments.named_period,
    payments.status::varchar as status,
    files.name as file_name,
    payments.source_line
from payment as payments
left join source_file as files on files.source_file_id = payments.source_file_id
where payments.account_number = $account_number and payments.posting_period >= $since
order by payments.paid_on desc, payments.payment_id desc
