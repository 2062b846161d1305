-- name_ru: Просрочено
-- name_en: Overdue
-- group: debts
-- unit: kopecks
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Остаток сверх начисленного и доначисленного в месяце: срок оплаты прошёл.
-- meaning_en: What balances hold beyond what was charged or added in the month: past due.
select
    period,
    sum(overdue_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
