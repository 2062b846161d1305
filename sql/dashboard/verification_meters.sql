-- One row per meter in place whose verification has run out by $on_day, or will within three months, the oldest first.
-- grain:  account_number, meter_serial
-- params: period, on_day, branch, site, district (null: not chosen)
with standing as (
    select account_number, meter_serial, zone_plan, verified_until from meter
    where
        installed_on <= $on_day
        and (removed_on is null or removed_on > $on_day)
        and verified_until < $on_day + interval 3 month
)

select
    standing.account_number,
    months.district,
    standing.meter_serial,
    standing.zone_plan::varchar as zone_plan,
    standing.verified_until,
    date_diff('day', standing.verified_until, $on_day::date) as days_late
from standing
inner join account_month as months on months.account_number = standing.account_number and months.period = $period
where
    ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
order by standing.verified_until, standing.account_number, standing.meter_serial
limit 500
