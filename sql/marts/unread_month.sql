-- One row per district, category, month and months since a meter was last read: meters in place at its end, as known when it closed.
-- grain:    district, category, period, unread_months
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- Months are counted from that of the last accepted reading, or from that of the installation where there is none since: 0 was read
-- for the month itself, 5 is five and more.
create table if not exists marts.unread_month (
    district varchar not null,
    category category not null,
    period date not null,
    unread_months integer not null,
    meters bigint not null,
    expired_meters bigint not null         -- whose verification (поверка) had run out
);

-- What is known at a closing decides (decision 2).
with statements as (
    select
        account_number,
        meter_serial,
        installed_on,
        removed_on,
        verified_until,
        known_period as known_from,
        lead(known_period, 1, date '9999-12-31') over (
            partition by account_number, meter_serial order by known_at, source_file_id, source_line
        ) as known_to
    from intake.meter_fact
),

in_place as (
    select
        months.account_number,
        months.period,
        months.district,
        months.category,
        statements.meter_serial,
        date_trunc('month', statements.installed_on)::date as installed_period,
        statements.verified_until < last_day(months.period) as is_expired
    from marts.account_month as months
    inner join statements
        on statements.account_number = months.account_number
        and statements.known_from <= months.period and months.period < statements.known_to
        and statements.installed_on <= last_day(months.period)
        and (statements.removed_on is null or statements.removed_on > last_day(months.period))
    where months.period > (select sealed_period from replay.bounds)
),

-- Five months back are enough to tell all that is told apart.
taken as (
    select distinct
        account_number,
        meter_serial,
        greatest(period, known_period) as known_period,
        max(period) over (
            partition by account_number, meter_serial order by greatest(period, known_period)
        ) as period
    from metering.reading
    where verdict = 'accepted' and period > (select sealed_period from replay.bounds) - interval 5 month
),

silent as (
    select
        in_place.*,
        greatest(
            least(date_diff('month', greatest(taken.period, in_place.installed_period), in_place.period), 5), 0
        )::integer as unread_months
    from in_place
    asof left join taken
        on taken.account_number = in_place.account_number
        and taken.meter_serial = in_place.meter_serial
        and taken.known_period <= in_place.period
)

select
    district,
    category,
    period,
    unread_months,
    count(*) as meters,
    count(*) filter (where is_expired) as expired_meters
from silent
group by all
order by period, district, category, unread_months
