-- One row per payment that belongs to no account yet (невыясненные), newest first.
-- grain:  payment_id
-- params: channel (null: all)
select
    waiting.paid_on,
    waiting.amount_kopecks,
    waiting.account_as_written,
    waiting.channel::varchar as channel,
    waiting.agent,
    waiting.operation_id,
    waiting.waits_days,
    files.name as file_name,
    waiting.source_line
from suspense as waiting
left join source_file as files on files.source_file_id = waiting.source_file_id
where $channel::varchar is null or waiting.channel::varchar = $channel
order by waiting.paid_on desc, waiting.payment_id
limit 500
