-- One row per reading that counts between two months, both in, accepted or not, with the reason why not.
-- params: $account; $first; $last
select
    readings.period,
    readings.received_at,
    readings.read_on,
    readings.meter_serial,
    readings.zone,
    readings.value,
    readings.previous_value,
    readings.consumption_kwh,
    readings.channel,
    readings.verdict,
    rules.message_ru as reason
from reading as readings
left join reading_rule as rules
    on rules.rule_id = readings.rule_id
    and rules.valid_from <= (readings.received_at at time zone 'Europe/Moscow')::date
    and (readings.received_at at time zone 'Europe/Moscow')::date < rules.valid_to
where readings.account_number = $account and readings.period between $first::date and $last::date
order by readings.received_at, readings.reading_id
