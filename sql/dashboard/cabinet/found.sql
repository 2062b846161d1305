-- One row per reading of the account received since a day, with its verdict.
-- grain:  none
-- params: account_number, since
select
    received_at,
    meter_serial,
    zone::varchar as zone,
    value,
    channel::varchar as channel,
    verdict::varchar as verdict,
    readings.rule_id,
    rules.message_ru
from reading as readings
left join reading_rule as rules
    on rules.rule_id = readings.rule_id
    and rules.valid_from <= (readings.received_at at time zone 'Europe/Moscow')::date
    and (readings.received_at at time zone 'Europe/Moscow')::date < rules.valid_to
where readings.account_number = $account_number and readings.received_at >= $since::timestamptz
