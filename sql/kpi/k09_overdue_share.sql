-- name_ru: Доля просроченных
-- name_en: Overdue share
-- group: debts
-- unit: percent
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Просрочено ÷ задолженность на конец месяца.
-- meaning_en: Overdue ÷ debt at the end of the month.
select
    period,
    sum(overdue_kopecks)::bigint as part,
    sum(debt_kopecks)::bigint as whole
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
