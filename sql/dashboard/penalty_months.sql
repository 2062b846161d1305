-- One row per month through $period, oldest first: penalty posted to the accounts of a place and taken back from them.
-- grain:  period
-- params: since, period, branch, site, district, category (null: not chosen)
select
    lines.posting_period as period,
    count(distinct lines.account_number) as accounts,
    coalesce(sum(lines.amount_kopecks) filter (where lines.amount_kopecks > 0), 0)::bigint as posted_kopecks,
    coalesce(sum(lines.amount_kopecks) filter (where lines.amount_kopecks < 0), 0)::bigint as taken_back_kopecks,
    sum(lines.amount_kopecks)::bigint as penalty_kopecks
from penalty_line as lines
inner join account_month as months
    on months.account_number = lines.account_number and months.period = lines.posting_period
where
    lines.posting_period between $since and $period
    and months.period between $since and $period
    and ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
    and ($category::varchar is null or months.category::varchar = $category)
group by lines.posting_period
order by lines.posting_period
