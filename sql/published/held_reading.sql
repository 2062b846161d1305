-- One row per held reading that still waits: no later reading of its register was accepted, no specialist has rejected it.
-- kind: table
-- What a specialist accepts or corrects is such a later reading. The place is that of the account now.
with refused as (
    select * from marts.refused_reading where verdict = 'held'
),

rejected as (
    select refused.reading_id
    from refused
    inner join intake.source_file as files on files.source_file_id = refused.source_file_id
    inner join intake.reading_decision_fact as decisions
        on decisions.account_number = refused.account_number
        and decisions.meter_serial = refused.meter_serial
        and decisions.zone = refused.zone
        and decisions.received_at = refused.received_at
        and decisions.value = refused.value
        and decisions.known_at > files.known_at
    where decisions.decision = 'reject' and refused.channel <> 'specialist'
),

-- Nearly every register was accepted lately, and few are looked for in the years before.
accepted_lately as (
    select account_number, meter_serial, zone, max(received_at) as received_at
    from metering.reading
    where
        verdict = 'accepted'
        and known_period >= (select open_period - interval 3 month from replay.bounds)
        and account_number in (select account_number from refused)
    group by all
),

left_over as (
    select refused.*
    from refused
    anti join rejected on rejected.reading_id = refused.reading_id
    anti join accepted_lately as accepted
        on accepted.account_number = refused.account_number
        and accepted.meter_serial = refused.meter_serial
        and accepted.zone = refused.zone
        and accepted.received_at >= refused.received_at
),

accepted as (
    select account_number, meter_serial, zone, max(received_at) as received_at
    from metering.reading
    where verdict = 'accepted' and account_number in (select account_number from left_over)
    group by all
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
from left_over as held
left join account_place as places on places.account_number = held.account_number
anti join accepted
    on accepted.account_number = held.account_number
    and accepted.meter_serial = held.meter_serial
    and accepted.zone = held.zone
    and accepted.received_at >= held.received_at
order by held.received_at, held.reading_id
