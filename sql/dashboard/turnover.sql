-- One row per month through $period, oldest first: how many days of charges the debt of a place is worth (DSO).
-- grain:  period
-- params: period, branch, site, district (null: not chosen)
-- Debt at the end of the month ÷ charges a day over the twelve months that end with it, fewer where history begins later;
-- in tenths of a day, rounded half up; null where nothing was charged.
with months as (
    select
        period,
        sum(debt_kopecks)::bigint as debt_kopecks,
        sum(charged_kopecks)::bigint as charged_kopecks
    from place_month
    where
        period <= $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
    group by period
),

years as (
    select
        period,
        debt_kopecks,
        (sum(charged_kopecks) over year)::bigint as year_charged_kopecks,
        (sum(day(last_day(period))) over year)::bigint as days
    from months
    window year as (order by period rows 11 preceding)
)

select
    *,
    case
        when year_charged_kopecks > 0
            then ((debt_kopecks::hugeint * days * 20 + year_charged_kopecks) // (year_charged_kopecks * 2))::bigint
    end as dso_tenths
from years
order by period
