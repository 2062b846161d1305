-- One row per payment that belongs to no account yet (невыясненные), newest first.
-- grain:  payment_id
-- params: none
select
    payments.paid_on,
    payments.amount_kopecks,
    payments.account_as_written,
    payments.channel::varchar as channel,
    payments.agent,
    payments.operation_id,
    date_diff('day', files.known_at::date, (select max(as_of) from run)::date) as waits_days,
    files.name as file_name,
    payments.source_line
from payment as payments
left join source_file as files on files.source_file_id = payments.source_file_id
where payments.status = 'suspense' and payments.cancelled_period is null
order by payments.paid_on desc, payments.payment_id
limit 500
