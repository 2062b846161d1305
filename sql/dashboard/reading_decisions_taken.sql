-- One row per decision about a reading that a night has taken in, the newest first, with the verdict on what it put in its place.
-- grain:  source_file_id, source_line
-- params: none
select
    files.known_at,
    decisions.account_number,
    decisions.meter_serial,
    decisions.zone::varchar as zone,
    decisions.received_at,
    decisions.value,
    decisions.decision::varchar as decision,
    decisions.decided_value,
    decisions.decided_by,
    decisions.comment,
    decisions.reading_id is not null as is_found,
    readings.verdict::varchar as verdict,
    readings.rule_id,
    rules.message_ru,
    files.name as file_name
from reading_decision as decisions
left join source_file as files on files.source_file_id = decisions.source_file_id
left join reading as readings
    on readings.source_file_id = decisions.source_file_id and readings.source_line = decisions.source_line
left join (select rule_id, arg_max(message_ru, valid_from) as message_ru from reading_rule group by rule_id) as rules
    on rules.rule_id = readings.rule_id
order by files.known_at desc, decisions.source_file_id desc, decisions.source_line desc
limit 200
