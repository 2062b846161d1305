-- One row per month through $period with any penalty, oldest first: posted to the accounts of a place and taken back from them.
-- grain:  period
-- params: since, period, branch, site, district, category (null: not chosen)
select
    period,
    sum(penalty_accounts)::bigint as accounts,
    sum(penalty_kopecks - penalty_taken_back_kopecks)::bigint as posted_kopecks,
    sum(penalty_taken_back_kopecks)::bigint as taken_back_kopecks,
    sum(penalty_kopecks)::bigint as penalty_kopecks
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
having sum(penalty_accounts) > 0
order by period
