-- One row per district with open debts on the snapshot's day: their sum by class of age (age_class), most overdue first.
-- grain:  district
-- params: on_day, period (the open one: where the account lies), branch, site, district (null: not chosen)
with here as (
    select account_number, district
    from account_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select
    here.district,
    count(distinct debts.account_number) as accounts,
    sum(debts.open_kopecks)::bigint as open_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age > 0), 0)::bigint as overdue_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 0), 0)::bigint as age_0_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 1), 0)::bigint as age_1_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 2), 0)::bigint as age_2_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 3), 0)::bigint as age_3_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 4), 0)::bigint as age_4_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 5), 0)::bigint as age_5_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 6), 0)::bigint as age_6_kopecks,
    coalesce(sum(debts.open_kopecks) filter (where ages.age = 7), 0)::bigint as age_7_kopecks
from debt as debts
inner join here on here.account_number = debts.account_number
inner join age_class as ages
    on date_diff('day', debts.due_on, $on_day::date)
    between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
group by here.district
order by overdue_kopecks desc, here.district
