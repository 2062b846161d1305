-- One row per month of $since through $period: kWh charged and accounts charged, by what the charge rests on.
-- grain:  period
-- params: since, period, branch, site, district (null: not chosen)
-- Charges of the month itself only, no corrections. An account with any normative line counts there, else with any average there.
-- Shares are tenths of a percent, rounded half up; null where nothing was charged.
with accounts as (
    select
        posting_period as period,
        account_number,
        coalesce(sum(kwh) filter (where basis = 'average'), 0) as average_kwh,
        coalesce(sum(kwh) filter (where basis = 'normative'), 0) as normative_kwh,
        sum(kwh) as kwh,
        bool_or(basis = 'average') as is_average,
        bool_or(basis = 'normative') as is_normative
    from charge_line
    where
        posting_period between $since and $period
        and kind = 'charge'
        and (
            coalesce($branch::varchar, $site::varchar, $district::varchar) is null
            or (account_number, posting_period) in (
                select (account_number, period)
                from account_month
                where
                    period between $since and $period
                    and ($branch::varchar is null or branch = $branch)
                    and ($site::varchar is null or site = $site)
                    and ($district::varchar is null or district = $district)
            )
        )
    group by all
),

months as (
    select
        period,
        sum(kwh)::bigint as kwh,
        sum(average_kwh)::bigint as average_kwh,
        sum(normative_kwh)::bigint as normative_kwh,
        count(*) as accounts,
        count(*) filter (where is_average and not is_normative) as average_accounts,
        count(*) filter (where is_normative) as normative_accounts
    from accounts
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
