-- name_ru: Перерасчёты
-- name_en: Corrections
-- group: charges
-- unit: kopecks
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Разницы за прошлые месяцы, проведённые в этом, со своим знаком.
-- meaning_en: Differences for past months posted in this one, with their sign.
select
    period,
    sum(corrected_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
