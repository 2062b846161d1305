-- name_ru: Уровень сбора за год
-- name_en: Collection rate, 12 months
-- group: money
-- unit: percent
-- owner: collection
-- better: up
-- scope: place
-- meaning_ru: Оплачено ÷ начислено за двенадцать месяцев до конца месяца.
-- meaning_en: Paid ÷ charged over the twelve months that end with the month.
with months as (
    select period, sum(paid_kopecks)::bigint as paid_kopecks, sum(charged_kopecks)::bigint as charged_kopecks
    from place_month
    where
        period between $since::date - interval 11 month and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by period
)

select
    period,
    (sum(paid_kopecks) over year)::bigint as part,
    (sum(charged_kopecks) over year)::bigint as whole
from months
window year as (order by period rows 11 preceding)
qualify period >= $since
order by period
