-- One row per payment that waits for an account (невыясненные) now, the longest wait first: why it waits and how long.
-- grain:  payment_id
-- params: channel (null: all)
select
    waiting.payment_id,
    waiting.paid_on,
    waiting.amount_kopecks,
    waiting.account_as_written,
    waiting.agent,
    waiting.operation_id,
    waiting.reason,
    waiting.waits_since,
    waiting.waits_days,
    files.name as file_name,
    waiting.source_line
from suspense as waiting
left join source_file as files on files.source_file_id = waiting.source_file_id
where $channel::varchar is null or waiting.channel::varchar = $channel
order by waiting.waits_days desc, waiting.amount_kopecks desc, waiting.payment_id
limit 500
