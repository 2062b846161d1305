-- One row per account that penalty was posted to in a month, the greatest sum first: what stands behind a month of penalty.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
select
    lines.account_number,
    months.district,
    count(distinct lines.debt_period) as debts,
    min(lines.due_on) as oldest_due_on,
    sum(lines.amount_kopecks)::bigint as penalty_kopecks,
    months.closing_kopecks
from penalty_line as lines
inner join account_month as months
    on months.account_number = lines.account_number and months.period = lines.posting_period
where
    lines.posting_period = $period
    and months.period = $period
    and ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
    and ($category::varchar is null or months.category::varchar = $category)
group by lines.account_number, months.district, months.closing_kopecks
order by penalty_kopecks desc, lines.account_number
limit 500
