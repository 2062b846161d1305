-- One row per decision about a payment that a night has taken in, the newest first, with why it changed nothing if so.
-- grain:  source_file_id, source_line
-- params: none
select
    files.known_at,
    decisions.agent,
    decisions.operation_id,
    decisions.decision::varchar as decision,
    decisions.account_number,
    decisions.named_period,
    decisions.decided_by,
    decisions.comment,
    decisions.message,
    files.name as file_name
from payment_decision as decisions
left join source_file as files on files.source_file_id = decisions.source_file_id
order by files.known_at desc, decisions.source_file_id desc, decisions.source_line desc
limit 200
