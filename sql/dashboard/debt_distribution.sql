-- One row per class of balance at the end of a month: how many accounts of a place stand there, and with how much.
-- grain:  bucket
-- params: period, branch, site, district, category (null: not chosen)
-- Buckets: 0 advance, 1 nothing owed, then debts up to 500, 1000, 3000, 10 000 and 50 000 rubles, 7 above.
with classed as (
    select bucket, sum(accounts)::bigint as accounts, sum(closing_kopecks)::bigint as closing_kopecks
    from balance_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by bucket
)

select
    buckets.bucket,
    coalesce(classed.accounts, 0)::bigint as accounts,
    coalesce(classed.closing_kopecks, 0)::bigint as closing_kopecks
from range(8) as buckets (bucket)
left join classed on classed.bucket = buckets.bucket
order by buckets.bucket
