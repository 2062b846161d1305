-- One row per district and number of months since the last accepted reading; accounts with a meter in place, 5 is five and more.
-- grain:  district, months
-- params: period, branch, site, district (null: not chosen)
-- Months are counted to $period; a meter never read counts from the month of its installation.
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
        months.district,
        least(
            greatest(date_diff('month', coalesce(last_read.period, placed.installed_period), $period::date), 0), 5
        ) as months
    from account_month as months
    inner join placed on placed.account_number = months.account_number
    left join last_read on last_read.account_number = months.account_number
    where
        months.period = $period
        and ($branch::varchar is null or months.branch = $branch)
        and ($site::varchar is null or months.site = $site)
        and ($district::varchar is null or months.district = $district)
)

select district, months, count(*) as accounts
from silent
group by all
order by district, months
