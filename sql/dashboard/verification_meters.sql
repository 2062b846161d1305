-- One row per meter in place whose verification has run out by $on_day, or will within three months, the oldest first.
-- grain:  account_number, meter_serial
-- params: on_day, branch, site, district, category (null: not chosen)
with standing as (
    select account_number, meter_serial, zone_plan, verified_until from meter
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
    standing.account_number,
    here.district,
    standing.meter_serial,
    standing.zone_plan::varchar as zone_plan,
    standing.verified_until,
    date_diff('day', standing.verified_until, $on_day::date) as days_late
from standing
inner join here on here.account_number = standing.account_number
order by standing.verified_until, standing.account_number, standing.meter_serial
limit 500
