-- One row per district of the region in a month, those without accounts included: sums, rate and place on the map.
-- grain:  district
-- params: period, branch, site, district, category (null: not chosen)
-- A rate is paid ÷ charged in tenths of a percent, rounded half up; per account: whole kopecks and kWh, rounded down.
with months as (
    select
        district,
        sum(accounts)::bigint as accounts,
        sum(charged_kopecks)::bigint as charged_kopecks,
        sum(paid_kopecks)::bigint as paid_kopecks,
        sum(debt_kopecks)::bigint as debt_kopecks,
        sum(advance_kopecks)::bigint as advance_kopecks,
        sum(kwh)::bigint as kwh
    from place_month
    where period = $period and ($category::varchar is null or category::varchar = $category)
    group by district
)

select
    districts.district,
    organisation.branch,
    organisation.site,
    districts.lat,
    districts.lon,
    districts.neighbours,
    months.accounts,
    months.charged_kopecks,
    months.paid_kopecks,
    case
        when months.charged_kopecks > 0
            then ((months.paid_kopecks * 2000 + months.charged_kopecks) // (months.charged_kopecks * 2))::bigint
    end as collected_permille,
    months.debt_kopecks,
    months.advance_kopecks,
    months.kwh,
    months.debt_kopecks // nullif(months.accounts, 0) as debt_per_account_kopecks,
    months.kwh // nullif(months.accounts, 0) as kwh_per_account
from district as districts
left join organisation
    on organisation.district = districts.district and organisation.valid_from <= $period and $period < organisation.valid_to
left join months on months.district = districts.district
where
    ($branch::varchar is null or organisation.branch = $branch)
    and ($site::varchar is null or organisation.site = $site)
    and ($district::varchar is null or districts.district = $district)
order by districts.district
