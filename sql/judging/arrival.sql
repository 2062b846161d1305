-- One row per reading of the open months, with the account and the meter as known when it arrived.
-- grain: reading_id
-- kind:  step
select
    arrived.*,
    days.period,
    accounts.known_at is not null as account_is_known,
    versions.zone_plan,
    versions.zones,
    versions.dial_size,
    versions.transformer_ratio,
    versions.counted_from,
    versions.removed_on,
    versions.opening_period,
    versions.meter_number * 8 + enum_code(arrived.zone) as register_key,
    floor(case
        when versions.zone_plan = 'one_rate' and arrived.zone = 'all' then versions.opening_t1
        when versions.zone_plan = 'two_zone' and arrived.zone = 'day' then versions.opening_t1
        when versions.zone_plan = 'two_zone' and arrived.zone = 'night' then versions.opening_t2
        when versions.zone_plan = 'three_zone' and arrived.zone = 'peak' then versions.opening_t1
        when versions.zone_plan = 'three_zone' and arrived.zone = 'half_peak' then versions.opening_t2
        when versions.zone_plan = 'three_zone' and arrived.zone = 'night' then versions.opening_t3
    end)::bigint as opening_register
from judging.sending as arrived
inner join judging.receipt_day as days on days.received_on = arrived.received_on
left join known.account as accounts on accounts.account_number = arrived.account_number and accounts.known_at <= arrived.known_at
left join known.meter_version as versions
    on versions.account_number = arrived.account_number
    and versions.meter_serial = arrived.meter_serial
    and versions.known_from <= arrived.known_at
    and arrived.known_at < versions.known_to
-- A chain's readings lie side by side, so that whoever asks for an account finds them in one place.
order by arrived.account_number, register_key, arrived.known_at, arrived.received_at, arrived.reading_id
