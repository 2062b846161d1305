-- One row per meter in place at the end of a month and not read for two months or more, the longest silent first.
-- grain:  account_number, meter_serial
-- params: period, branch, site, district, category (null: not chosen)
select account_number, meter_serial, district, last_read_period, unread_months as months
from silent_meter
where
    period = $period
    and unread_months >= 2
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
order by unread_months desc, account_number, meter_serial
limit 500
