-- One row per class of balance at the end of a month: how many accounts of a place stand there, and with how much.
-- grain:  bucket
-- params: period, branch, site, district (null: not chosen)
-- Buckets: 0 advance, 1 nothing owed, then debts up to 500, 1000, 3000, 10 000 and 50 000 rubles, 7 above.
with classed as (
    select
        closing_kopecks,
        case
            when closing_kopecks < 0 then 0
            when closing_kopecks = 0 then 1
            when closing_kopecks <= 50000 then 2
            when closing_kopecks <= 100000 then 3
            when closing_kopecks <= 300000 then 4
            when closing_kopecks <= 1000000 then 5
            when closing_kopecks <= 5000000 then 6
            else 7
        end as bucket
    from account_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select
    buckets.bucket,
    count(classed.bucket) as accounts,
    coalesce(sum(classed.closing_kopecks), 0)::bigint as closing_kopecks
from range(8) as buckets (bucket)
left join classed on classed.bucket = buckets.bucket
group by buckets.bucket
order by buckets.bucket
