-- One row per reading of the account received at that instant: what the night will say of it, if nothing else arrives.
-- params: $account, $received_at
select
    readings.meter_serial,
    readings.zone::varchar as zone,
    readings.verdict::varchar as verdict,
    readings.rule_id,
    rules.message_ru,
    readings.period,
    readings.previous_register,
    readings.consumption_kwh
from metering.reading as readings
left join reference.reading_rule as rules
    on rules.rule_id = readings.rule_id
    and rules.valid_from <= readings.received_at::date
    and readings.received_at::date < rules.valid_to
where readings.account_number = $account and readings.received_at = $received_at
order by readings.meter_serial, readings.zone
