-- One row per decision about a payment, the newest month first, refused ones before the others.
-- grain:  source_file_id, source_line
-- params: period (through this month of the decision)
select
    decisions.known_period,
    decisions.decision::varchar as decision,
    decisions.agent,
    decisions.operation_id,
    decisions.account_number,
    decisions.named_period,
    decisions.refusal,
    files.name as file_name,
    decisions.source_file_id,
    decisions.source_line
from payment_decision as decisions
left join source_file as files on files.source_file_id = decisions.source_file_id
where decisions.known_period <= $period
order by decisions.known_period desc, decisions.refusal is null, decisions.source_file_id, decisions.source_line
limit 500
