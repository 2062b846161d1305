-- One row per reading sent for an account, newest first: its verdict, the rule behind it, the file and line it came from.
-- grain:  reading_id
-- params: account_number, since
select
    readings.received_at,
    readings.read_on,
    readings.meter_serial,
    readings.zone::varchar as zone,
    readings.value,
    readings.previous_value::decimal(15, 3) as previous_value,
    readings.consumption_kwh,
    readings.period,
    readings.channel::varchar as channel,
    readings.verdict::varchar as verdict,
    readings.rule_id,
    rules.message_ru,
    files.name as file_name,
    readings.source_line
from reading as readings
left join source_file as files on files.source_file_id = readings.source_file_id
left join reading_rule as rules
    on rules.rule_id = readings.rule_id
    and rules.valid_from <= (readings.received_at at time zone 'Europe/Moscow')::date
    and (readings.received_at at time zone 'Europe/Moscow')::date < rules.valid_to
where readings.account_number = $account_number and readings.period >= $since
order by readings.received_at desc, readings.reading_id
