-- One row per district: meters in place whose verification (поверка) has run out by $on_day, or will within three months.
-- grain:  district
-- params: period, on_day, branch, site, district (null: not chosen)
with standing as (
    select account_number, verified_until from meter
    where
        installed_on <= $on_day
        and (removed_on is null or removed_on > $on_day)
        and verified_until < $on_day + interval 3 month
)

select
    months.district,
    count(*) filter (where standing.verified_until < $on_day) as expired,
    count(*) filter (where standing.verified_until >= $on_day) as expiring
from standing
inner join account_month as months on months.account_number = standing.account_number and months.period = $period
where
    ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
group by months.district
order by expired desc, expiring desc, months.district
