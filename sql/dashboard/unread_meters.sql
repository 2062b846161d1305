-- One row per account with a meter in place and no accepted reading for two months or more, the longest silent first.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
with placed as (
    select account_number, max(date_trunc('month', installed_on)::date) as installed_period
    from meter
    where installed_on < $period + interval 1 month and (removed_on is null or removed_on >= $period)
    group by account_number
),

last_read as (
    select account_number, max(period) as period
    from reading
    where verdict = 'accepted' and period <= $period
    group by account_number
),

silent as (
    select
        months.account_number,
        months.district,
        last_read.period as last_read_period,
        date_diff('month', coalesce(last_read.period, placed.installed_period), $period::date) as months
    from account_month as months
    inner join placed on placed.account_number = months.account_number
    left join last_read on last_read.account_number = months.account_number
    where
        months.period = $period
        and ($branch::varchar is null or months.branch = $branch)
        and ($site::varchar is null or months.site = $site)
        and ($district::varchar is null or months.district = $district)
        and ($category::varchar is null or months.category::varchar = $category)
)

select account_number, district, last_read_period, months
from silent
where months >= 2
order by months desc, account_number
limit 500
