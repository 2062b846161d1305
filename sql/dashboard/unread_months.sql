-- One row per district and number of months since the last accepted reading: meters in place at the end of $period, 5 is five and more.
-- grain:  district, months
-- params: period, branch, site, district, category (null: not chosen)
-- Months are counted to $period; a meter never read counts from the month of its installation.
select district, unread_months as months, sum(meters)::bigint as meters
from unread_month
where
    period = $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by district, unread_months
order by district, months
