-- One row per pair of classes of age: accounts that stood in one at the end of the month before and in the other at the end of $period.
-- grain:  from_age, to_age (-1: nothing owed)
-- params: period, branch, site, district, category (null: not chosen)
-- What an account owes, penalty left out, lies on its newest bills; its class is that of the oldest bill still open, told by months.
with counted as (
    select
        -- Classes of age are those of age_class, in the same order.
        coalesce(enum_code(age_before)::integer, -1) as from_age,
        coalesce(enum_code(age)::integer, -1) as to_age,
        sum(accounts)::bigint as accounts,
        sum(before_kopecks)::bigint as from_kopecks,
        sum(kopecks)::bigint as to_kopecks
    from age_move
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by age_before, age
)

-- A rate is accounts of the pair ÷ accounts of the earlier class, in tenths of a percent, rounded half up.
select
    *,
    ((accounts * 2000 + sum(accounts) over earlier) // (sum(accounts) over earlier * 2))::bigint as rolled_permille
from counted
window earlier as (partition by from_age)
order by from_age, to_age
