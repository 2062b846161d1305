-- One row per held reading that still waits: no later reading of its register was accepted, no specialist has rejected it.
-- kind: table
-- What a specialist accepts or corrects is such a later reading. The place is that of the account now.
with rejected as (
    select readings.reading_id
    from intake.reading_decision_fact as decisions
    inner join intake.reading_fact as readings
        on readings.account_number = decisions.account_number
        and readings.meter_serial = decisions.meter_serial
        and readings.zone = decisions.zone
        and readings.received_at = decisions.received_at
        and readings.value = decisions.value
        and readings.known_at < decisions.known_at
        and readings.channel <> 'specialist'
    where decisions.decision = 'reject'
),

held as (
    select readings.*
    from metering.reading as readings
    anti join rejected on rejected.reading_id = readings.reading_id
    where readings.verdict = 'held'
),

accepted as (
    select account_number, meter_serial, zone, max(received_at) as received_at
    from metering.reading
    where verdict = 'accepted' and account_number in (select account_number from held)
    group by all
),

places as (
    select
        account_number,
        arg_max(branch, valid_from) as branch,
        arg_max(site, valid_from) as site,
        arg_max(district, valid_from) as district,
        arg_max(category, valid_from) as category
    from marts.account
    where account_number in (select account_number from held)
    group by account_number
)

select
    held.reading_id,
    held.account_number,
    places.branch,
    places.site,
    places.district,
    places.category,
    held.meter_serial,
    held.zone,
    held.read_on,
    held.received_at,
    held.value,
    held.previous_register as previous_value,
    held.channel,
    held.rule_id,
    held.source_file_id,
    held.source_line
from held
left join places on places.account_number = held.account_number
left join accepted
    on accepted.account_number = held.account_number
    and accepted.meter_serial = held.meter_serial
    and accepted.zone = held.zone
where accepted.received_at is null or accepted.received_at < held.received_at
order by held.received_at, held.reading_id
