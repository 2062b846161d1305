-- One row per district: meters in place whose verification (поверка) has run out by $on_day, or will within three months.
-- grain:  district
-- params: on_day, branch, site, district, category (null: not chosen)
with standing as (
    select account_number, verified_until from meter
    where
        installed_on <= $on_day
        and (removed_on is null or removed_on > $on_day)
        and verified_until < $on_day + interval 3 month
),

here as (
    select account_number, district
    from account_place
    where
        ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
)

select
    here.district,
    count(*) filter (where standing.verified_until < $on_day) as expired,
    count(*) filter (where standing.verified_until >= $on_day) as expiring
from standing
inner join here on here.account_number = standing.account_number
group by here.district
order by expired desc, expiring desc, here.district
