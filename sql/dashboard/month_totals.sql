-- One row per month through $period, oldest first: the sums of the chosen place, each beside the month before.
-- grain:  period
-- params: period, branch, site, district, category (null: not chosen; all null: the whole region)
-- A rate is paid ÷ charged in tenths of a percent, rounded half up; null where nothing was charged.
with sums as (
    select
        period,
        sum(accounts)::bigint as accounts,
        sum(opening_kopecks)::bigint as opening_kopecks,
        sum(charged_kopecks)::bigint as charged_kopecks,
        sum(corrected_kopecks)::bigint as corrected_kopecks,
        sum(penalty_kopecks)::bigint as penalty_kopecks,
        sum(paid_kopecks)::bigint as paid_kopecks,
        sum(closing_kopecks)::bigint as closing_kopecks,
        sum(debt_kopecks)::bigint as debt_kopecks,
        sum(advance_kopecks)::bigint as advance_kopecks,
        sum(kwh)::bigint as kwh
    from place_month
    where
        period <= $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by period
),

rated as (
    select
        *,
        case
            when charged_kopecks > 0 then ((paid_kopecks * 2000 + charged_kopecks) // (charged_kopecks * 2))::bigint
        end as collected_permille
    from sums
)

select
    *,
    lag(accounts) over months as accounts_before,
    lag(charged_kopecks) over months as charged_kopecks_before,
    lag(paid_kopecks) over months as paid_kopecks_before,
    lag(collected_permille) over months as collected_permille_before,
    lag(debt_kopecks) over months as debt_kopecks_before,
    lag(advance_kopecks) over months as advance_kopecks_before,
    lag(corrected_kopecks) over months as corrected_kopecks_before,
    lag(kwh) over months as kwh_before
from rated
window months as (order by period)
order by period
