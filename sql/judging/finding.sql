-- One row per reading of the open months refused or held for what it is, whatever was read before: the first rule it breaks.
-- grain: reading_id
-- kind:  step
-- A submission is what was read off one meter on one day and sent together; incomplete, it lacks a register of the meter.
with incomplete as (
    select source_file_id, account_number, meter_serial, read_on, received_at
    from judging.arrival
    where zones > 1 and opening_register is not null
    group by source_file_id, account_number, meter_serial, read_on, received_at
    having bit_count(bit_or(1 << enum_code(zone))) < max(zones)
),

flagged as (
    select
        reading_id,
        meter_serial,
        channel,
        received_on,
        known_at,
        not account_is_known as is_unknown_account,
        zone_plan is null as is_unmatched_meter,
        zone_plan is not null and opening_register is null as is_zone_not_of_meter,
        register >= dial_size as is_too_many_digits,
        read_on > received_on as is_date_in_future,
        read_on < counted_from as is_before_installation,
        read_on > removed_on as is_after_removal,
        zones > 1
        and opening_register is not null
        and (source_file_id, account_number, meter_serial, read_on, received_at) in (select * from incomplete) as is_missing_zone
    from judging.arrival
),

broken as materialized (
    select *
    from flagged
    where
        is_unknown_account or is_unmatched_meter or is_zone_not_of_meter or is_too_many_digits or is_date_in_future
        or is_before_installation or is_after_removal or is_missing_zone
),

candidates as (
    select reading_id, channel, received_on, 'unknown_account' as rule_id from broken where is_unknown_account
    union all
    select
        reading_id,
        channel,
        received_on,
        case
            when exists (
                select 1
                from intake.meter_fact as meters
                where meters.meter_serial = broken.meter_serial and meters.known_at <= broken.known_at
            ) then 'meter_of_another_account'
            else 'unknown_meter'
        end as rule_id
    from broken
    where is_unmatched_meter
    union all
    select reading_id, channel, received_on, 'zone_not_of_meter' as rule_id from broken where is_zone_not_of_meter
    union all
    select reading_id, channel, received_on, 'too_many_digits' as rule_id from broken where is_too_many_digits
    union all
    select reading_id, channel, received_on, 'date_in_future' as rule_id from broken where is_date_in_future
    union all
    select reading_id, channel, received_on, 'before_installation' as rule_id from broken where is_before_installation
    union all
    select reading_id, channel, received_on, 'after_removal' as rule_id from broken where is_after_removal
    union all
    select reading_id, channel, received_on, 'missing_zone' as rule_id from broken where is_missing_zone
)

select
    candidates.reading_id,
    arg_min(rules.rule_id, rules.rule_order) as rule_id,
    arg_min(rules.severity, rules.rule_order) as verdict
from candidates
inner join reference.reading_rule as rules
    on rules.rule_id = candidates.rule_id
    and rules.valid_from <= candidates.received_on
    and candidates.received_on < rules.valid_to
    and (rules.channels = ['*'] or list_contains(rules.channels, candidates.channel::varchar))
group by candidates.reading_id
