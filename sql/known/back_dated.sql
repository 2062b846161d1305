-- One row per account and closing that learned something about months before it: the first of those months.
-- grain: account_number, closing
-- kind:  step
with bounds as (
    select sealed_period from replay.bounds
),

by_tenants as (
    select account_number, known_period as closing, min(date_trunc('month', valid_from))::date as from_period
    from intake.tenant_fact
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and known_period > (select sealed_period from bounds)
    group by account_number, known_period
),

-- The first statement about an account says how it was before, too.
by_account as (
    select
        facts.account_number,
        facts.known_period as closing,
        min(case
            when facts.valid_from = versions.valid_from then versions.from_period
            else date_trunc('month', facts.valid_from)
        end)::date as from_period
    from intake.account_fact as facts
    inner join known.account_version as versions
        on versions.account_number = facts.account_number
        and versions.known_from = facts.known_period
        and versions.from_period = date '1900-01-01'
    where
        facts.account_number between getvariable('first_account') and getvariable('last_account')
        and facts.known_period > (select sealed_period from bounds)
    group by facts.account_number, facts.known_period
),

-- A meter matters from the month of its opening; told to be gone, from the month it went.
compared as (
    select
        *,
        lag(opening_period) over meter as previous_opening_period,
        lag(removed_on) over meter as previous_removed_on,
        lag(zone_plan) over meter as previous_zone_plan
    from known.meter_version
    window meter as (partition by account_number, meter_serial order by known_from)
),

by_meter as (
    select
        account_number,
        from_closing as closing,
        min(case
            when previous_opening_period = opening_period and previous_zone_plan = zone_plan
                then date_trunc('month', least(removed_on, previous_removed_on))
            else least(opening_period, previous_opening_period)
        end)::date as from_period
    from compared
    where
        from_closing > (select sealed_period from bounds)
        and (
            previous_opening_period is distinct from opening_period
            or previous_zone_plan is distinct from zone_plan
            or previous_removed_on is distinct from removed_on
        )
    group by account_number, from_closing
),

by_condition as (
    select account_number, known_period as closing, min(date_trunc('month', valid_from))::date as from_period
    from intake.condition_fact
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and known_period > (select sealed_period from bounds)
    group by account_number, known_period
),

by_house as (
    select flats.account_number, news.closing, min(news.from_period) as from_period
    from known.flat as flats
    inner join known.house_news as news on news.house_id = flats.house_id
    where news.closing > (select sealed_period from bounds)
    group by flats.account_number, news.closing
),

-- A decree speaks of every account.
by_decree as (
    select accounts.account_number, amendments.closing, amendments.from_period
    from known.account as accounts
    cross join rating.amendment as amendments
    where amendments.closing > (select sealed_period from bounds)
),

learned as (
    select * from by_house
    union all
    select * from by_decree
    union all
    select * from by_tenants
    union all
    select * from by_condition
    union all
    select * from by_account
    union all
    select * from by_meter
)

select account_number, closing, min(from_period) as from_period
from learned
group by account_number, closing
having min(from_period) < closing
