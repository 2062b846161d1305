-- One row per district, category and month: accounts and energy charged, by what the charge rests on, by band and by zone.
-- grain:    district, category, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- Charges of the month itself, no corrections. An account with any normative line counts there, else with any average there.
create table if not exists marts.energy_month (
    district varchar not null,
    category category not null,
    period date not null,
    accounts bigint not null,              -- that were charged
    average_accounts bigint not null,
    normative_accounts bigint not null,
    zoned_accounts bigint not null,        -- with a meter of two zones or three
    kwh bigint not null,
    average_kwh bigint not null,
    normative_kwh bigint not null,
    above_first_kwh bigint not null,       -- above the norm, or above the first range
    third_kwh bigint not null,             -- in the third range
    zoned_kwh bigint not null,
    night_kwh bigint not null
);

with charged as (
    select
        account_number,
        posting_period as period,
        bool_or(basis = 'average') as is_average,
        bool_or(basis = 'normative') as is_normative,
        bool_or(zone <> 'all') as is_zoned,
        sum(kwh) as kwh,
        coalesce(sum(kwh) filter (where basis = 'average'), 0) as average_kwh,
        coalesce(sum(kwh) filter (where basis = 'normative'), 0) as normative_kwh,
        coalesce(sum(kwh) filter (where band in ('above_norm', 'band2', 'band3')), 0) as above_first_kwh,
        coalesce(sum(kwh) filter (where band = 'band3'), 0) as third_kwh,
        coalesce(sum(kwh) filter (where zone <> 'all'), 0) as zoned_kwh,
        coalesce(sum(kwh) filter (where zone = 'night'), 0) as night_kwh
    from ledger.charge_line
    where kind = 'charge' and posting_period > (select sealed_period from replay.bounds)
    group by account_number, posting_period
)

select
    months.district,
    months.category,
    months.period,
    count(*) as accounts,
    count(*) filter (where charged.is_average and not charged.is_normative) as average_accounts,
    count(*) filter (where charged.is_normative) as normative_accounts,
    count(*) filter (where charged.is_zoned) as zoned_accounts,
    sum(charged.kwh)::bigint as kwh,
    sum(charged.average_kwh)::bigint as average_kwh,
    sum(charged.normative_kwh)::bigint as normative_kwh,
    sum(charged.above_first_kwh)::bigint as above_first_kwh,
    sum(charged.third_kwh)::bigint as third_kwh,
    sum(charged.zoned_kwh)::bigint as zoned_kwh,
    sum(charged.night_kwh)::bigint as night_kwh
from charged
inner join marts.account_month as months
    on months.account_number = charged.account_number and months.period = charged.period
where months.period > (select sealed_period from replay.bounds)
group by months.district, months.category, months.period
order by months.period, months.district, months.category
