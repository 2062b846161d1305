-- One row per held reading that still waits: no later reading of its register was accepted, no specialist has rejected it; the oldest
-- first. What a specialist accepts or corrects is such a later reading.
-- grain:  reading_id
-- params: on_day
with held as (
    select readings.*
    from reading as readings
    anti join (select reading_id from reading_decision where decision = 'reject') as rejected
        on rejected.reading_id = readings.reading_id
    where readings.verdict = 'held'
),

accepted as (
    select account_number, meter_serial, zone, max(received_at) as received_at
    from reading
    where verdict = 'accepted'
    group by all
),

-- Whoever serves the account is to look at it.
served as (
    select account_number, arg_max(site, valid_from) as site
    from account
    where account_number in (select account_number from held)
    group by account_number
),

rules as (
    select rule_id, arg_max(message_ru, valid_from) as message_ru
    from reading_rule
    group by rule_id
)

select
    held.reading_id,
    held.account_number,
    served.site,
    held.meter_serial,
    held.zone::varchar as zone,
    held.read_on,
    held.received_at,
    held.value,
    held.previous_value::decimal(15, 3) as previous_value,
    held.channel::varchar as channel,
    held.rule_id,
    rules.message_ru,
    date_diff('day', held.received_at::date, $on_day::date) as waits_days,
    files.name as file_name,
    held.source_line
from held
left join served on served.account_number = held.account_number
left join accepted
    on accepted.account_number = held.account_number
    and accepted.meter_serial = held.meter_serial
    and accepted.zone = held.zone
left join rules on rules.rule_id = held.rule_id
left join source_file as files on files.source_file_id = held.source_file_id
where accepted.received_at is null or accepted.received_at < held.received_at
order by held.received_at, held.reading_id
limit 500
