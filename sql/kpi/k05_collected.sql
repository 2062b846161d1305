-- name_ru: Уровень сбора
-- name_en: Collection rate
-- group: money
-- unit: percent
-- owner: collection
-- better: up
-- scope: place
-- meaning_ru: Оплачено ÷ начислено за месяц; выше 100 %, когда гасят старые долги.
-- meaning_en: Paid ÷ charged in the month; above 100 % where old debts are paid off.
select
    period,
    sum(paid_kopecks)::bigint as part,
    sum(charged_kopecks)::bigint as whole
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
