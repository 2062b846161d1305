-- One row per decision of a specialist about a reading, beside the reading it is about (null: there is none such).
select
    decisions.account_number,
    decisions.meter_serial,
    decisions.zone,
    decisions.read_on,
    decisions.received_at,
    decisions.value,
    readings.reading_id,
    decisions.decision,
    decisions.decided_value,
    decisions.decided_by,
    decisions.comment,
    decisions.known_period,
    decisions.source_file_id,
    decisions.source_line
from intake.reading_decision_fact as decisions
left join intake.reading_fact as readings
    on readings.account_number = decisions.account_number
    and readings.meter_serial = decisions.meter_serial
    and readings.zone = decisions.zone
    and readings.received_at = decisions.received_at
    and readings.value = decisions.value
    and readings.known_at < decisions.known_at
    and readings.channel <> 'specialist'
