-- One row per reading of an account and per month estimated without one, newest first: what it was and where it came from.
-- grain:  none
-- params: account_number, since, open_period
with readings as (
    select
        received_at,
        read_on as on_day,
        period,
        meter_serial,
        zone::varchar as zone,
        value,
        consumption_kwh as kwh,
        case channel
            when 'controller' then 'control'
            when 'smart_meter' then 'remote'
            else 'self'
        end as origin,
        verdict::varchar as verdict,
        rule_id
    from reading
    where account_number = $account_number and period >= $since
),

estimates as (
    select
        null::timestamptz as received_at,
        last_day(service_period) as on_day,
        service_period as period,
        null::varchar as meter_serial,
        null::varchar as zone,
        null::decimal(15, 3) as value,
        sum(kwh)::bigint as kwh,
        basis::varchar as origin,
        null::varchar as verdict,
        null::varchar as rule_id
    from charge_line
    where
        account_number = $account_number
        and service_period >= $since
        and service_period < $open_period
        and basis in ('average', 'normative')
    group by service_period, basis
    having sum(kwh) > 0
),

told as (
    select * from readings
    union all
    select * from estimates
)

select told.*, rules.message_ru
from told
left join reading_rule as rules
    on rules.rule_id = told.rule_id
    and rules.valid_from <= (told.received_at at time zone 'Europe/Moscow')::date
    and (told.received_at at time zone 'Europe/Moscow')::date < rules.valid_to
order by told.on_day desc, told.meter_serial, told.zone
