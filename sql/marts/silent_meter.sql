-- One row per meter in place at the end of a month for which it was not read, as known when the month closed.
-- grain:    account_number, meter_serial, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- The month of the installation counts as read. What is known at a closing decides (decision 2).
create table if not exists marts.silent_meter (
    account_number bigint not null,
    meter_serial varchar not null,
    period date not null,
    district varchar not null,
    category category not null,
    last_read_period date,                 -- the last month there was an accepted reading for; null: none since the installation
    unread_months integer not null,        -- since then, or since the installation
    is_expired boolean not null            -- its verification (поверка) had run out
);

with statements as (
    select
        account_number,
        meter_serial,
        date_trunc('month', installed_on)::date as installed_period,
        removed_on,
        verified_until,
        known_period as known_from,
        lead(known_period, 1, date '9999-12-31') over (
            partition by account_number, meter_serial order by known_at, source_file_id, source_line
        ) as known_to
    from intake.meter_fact
),

-- Who was silent when the last month closed was so since then; who was not was read for that month.
carried as (
    select account_number, meter_serial, last_read_period
    from closed.silent_meter
    where period = (select sealed_period from replay.bounds)
),

lately as (
    select account_number, meter_serial, period, greatest(period, known_period) as known_period
    from metering.reading
    where
        verdict = 'accepted'
        and greatest(period, known_period) >= (select sealed_period from replay.bounds)
),

-- A meter that was not in place then, as it was known, and is now: seldom any, and only then all readings are looked through.
come_back as (
    select account_number, meter_serial
    from statements
    where
        installed_period < (select sealed_period from replay.bounds)
        and known_to > (select sealed_period from replay.bounds)
        and (removed_on is null or removed_on > (select last_day(sealed_period) from replay.bounds))
    except
    (select account_number, meter_serial from carried union all select account_number, meter_serial from lately)
),

-- From a mark on is known that there was a reading for a month; the first mark of a meter is that it was put up.
marks as (
    select account_number, meter_serial, period, known_period from lately
    union all
    select account_number, meter_serial, last_read_period as period, (select sealed_period from replay.bounds) as known_period
    from carried
    union all
    select readings.account_number, readings.meter_serial, readings.period, greatest(readings.period, readings.known_period) as known_period
    from metering.reading as readings
    semi join come_back
        on come_back.account_number = readings.account_number and come_back.meter_serial = readings.meter_serial
    where readings.verdict = 'accepted'
    union all
    select account_number, meter_serial, null as period, min(installed_period) as known_period
    from statements
    group by account_number, meter_serial
),

spans as (
    select
        account_number,
        meter_serial,
        known_period,
        max(period) over meter as last_read_period,
        lead(known_period, 1, (select open_period + interval 1 month from replay.bounds)::date) over meter as next_period
    from marks
    window meter as (
        partition by account_number, meter_serial order by known_period, period nulls first rows unbounded preceding
    )
),

-- The months between two marks, that of the first of them where what came then was for an earlier one.
silent as (
    select
        account_number,
        meter_serial,
        last_read_period,
        unnest(
            range(
                greatest(
                    case when last_read_period = known_period then known_period + interval 1 month else known_period end,
                    (select sealed_period + interval 1 month from replay.bounds)
                ),
                next_period::timestamp,
                interval 1 month
            )
        )::date as period
    from spans
    where
        next_period > (select sealed_period + interval 1 month from replay.bounds)
        and next_period > case when last_read_period = known_period then known_period + interval 1 month else known_period end
)

select
    silent.account_number,
    silent.meter_serial,
    silent.period,
    months.district,
    months.category,
    case when silent.last_read_period >= statements.installed_period then silent.last_read_period end as last_read_period,
    date_diff('month', greatest(silent.last_read_period, statements.installed_period), silent.period)::integer as unread_months,
    coalesce(statements.verified_until < last_day(silent.period), false) as is_expired
from silent
inner join statements
    on statements.account_number = silent.account_number
    and statements.meter_serial = silent.meter_serial
    and statements.known_from <= silent.period and silent.period < statements.known_to
    and statements.installed_period < silent.period
    and (statements.removed_on is null or statements.removed_on > last_day(silent.period))
inner join marts.account_month as months
    on months.account_number = silent.account_number and months.period = silent.period
order by silent.period, silent.account_number, silent.meter_serial
