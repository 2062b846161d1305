-- One row per month of $since through $period: kWh charged and accounts charged, by what the charge rests on.
-- grain:  period
-- params: since, period, branch, site, district, category (null: not chosen)
-- Charges of the month itself only, no corrections. An account with any normative line counts there, else with any average there.
-- Shares are tenths of a percent, rounded half up; null where nothing was charged.
with months as (
    select
        period,
        sum(kwh)::bigint as kwh,
        sum(average_kwh)::bigint as average_kwh,
        sum(normative_kwh)::bigint as normative_kwh,
        sum(accounts)::bigint as accounts,
        sum(average_accounts)::bigint as average_accounts,
        sum(normative_accounts)::bigint as normative_accounts
    from energy_month
    where
        period between $since and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by period
)

select
    *,
    case when kwh > 0 then ((average_kwh * 2000 + kwh) // (kwh * 2))::bigint end as average_permille,
    case when kwh > 0 then ((normative_kwh * 2000 + kwh) // (kwh * 2))::bigint end as normative_permille,
    ((average_accounts * 2000 + accounts) // (accounts * 2))::bigint as average_accounts_permille,
    ((normative_accounts * 2000 + accounts) // (accounts * 2))::bigint as normative_accounts_permille
from months
order by period
