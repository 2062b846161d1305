-- name_ru: Оплачено
-- name_en: Paid
-- group: money
-- unit: kopecks
-- owner: collection
-- better: up
-- scope: place
-- meaning_ru: Оплаты, проведённые в месяце.
-- meaning_en: Payments posted in the month.
select
    period,
    sum(paid_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
