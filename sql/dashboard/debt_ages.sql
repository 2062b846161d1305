-- One row per class of age (age_class): the open debts of a place on the snapshot's day; classes without debts included.
-- grain:  age
-- params: branch, site, district, category (null: not chosen)
with aged as (
    select age, sum(accounts)::bigint as accounts, sum(debts)::bigint as debts, sum(open_kopecks)::bigint as open_kopecks
    from debt_class
    where
        ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by age
)

select
    ages.age,
    coalesce(aged.accounts, 0)::bigint as accounts,
    coalesce(aged.debts, 0)::bigint as debts,
    coalesce(aged.open_kopecks, 0)::bigint as open_kopecks
from age_class as ages
left join aged on aged.age = ages.age
order by ages.age
