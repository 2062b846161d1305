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
        months.district,
        months.category,
        months.period,
        count(*) as meters,
        count(*) filter (where statements.verified_until < last_day(months.period)) as expired_meters
    from marts.account_month as months
    inner join statements
        on statements.account_number = months.account_number
        and statements.known_from <= months.period and months.period < statements.known_to
        and statements.installed_on <= last_day(months.period)
        and (statements.removed_on is null or statements.removed_on > last_day(months.period))
    where months.period > (select sealed_period from replay.bounds)
    group by all
),

silent as (
    select
        district,
        category,
        period,
        least(unread_months, 5) as unread_months,
        count(*) as meters,
        count(*) filter (where is_expired) as expired_meters
    from marts.silent_meter
    where period > (select sealed_period from replay.bounds)
    group by all
),

counted as (
    select district, category, period, 0 as unread_months, meters, expired_meters from in_place
    union all
    select district, category, period, 0 as unread_months, -meters as meters, -expired_meters as expired_meters from silent
    union all
    select * from silent
)

select
    district,
    category,
    period,
    unread_months,
    sum(meters)::bigint as meters,
    sum(expired_meters)::bigint as expired_meters
from counted
group by district, category, period, unread_months
having sum(meters) > 0
order by period, district, category, unread_months
