-- One row per payment that waits for an account (невыясненные): why, and for how many days since it was taken in.
-- kind: table
select
    payments.payment_id,
    payments.paid_on,
    payments.amount_kopecks,
    payments.account_as_written,
    payments.channel,
    payments.agent,
    payments.operation_id,
    case
        when regexp_full_match(payments.account_as_written, '[0-9]{12}') then 'unknown_account' else 'no_account_number'
    end as reason,
    timezone('Europe/Moscow', files.known_at)::date as waits_since,
    date_diff('day', timezone('Europe/Moscow', files.known_at)::date, timezone('Europe/Moscow', bounds.as_of)::date) as waits_days,
    payments.source_file_id,
    payments.source_line
from ledger.payment as payments
inner join intake.source_file as files on files.source_file_id = payments.source_file_id
cross join replay.bounds as bounds
where payments.status = 'suspense' and payments.cancelled_period is null
