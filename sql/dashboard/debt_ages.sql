-- One row per class of age (age_class): the open debts of a place on the snapshot's day; classes without debts included.
-- grain:  age
-- params: on_day, period (the open one: where the account lies), branch, site, district (null: not chosen)
with here as (
    select account_number
    from account_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
),

aged as (
    select ages.age, debts.account_number, debts.open_kopecks
    from debt as debts
    inner join here on here.account_number = debts.account_number
    inner join age_class as ages
        on date_diff('day', debts.due_on, $on_day::date)
        between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
)

select
    ages.age,
    count(distinct aged.account_number) as accounts,
    count(aged.account_number) as debts,
    coalesce(sum(aged.open_kopecks), 0)::bigint as open_kopecks
from age_class as ages
left join aged on aged.age = ages.age
group by ages.age
order by ages.age
