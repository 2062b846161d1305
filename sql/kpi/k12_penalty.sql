-- name_ru: Пени
-- name_en: Penalty
-- group: debts
-- unit: kopecks
-- owner: collection
-- better: none
-- scope: place
-- meaning_ru: Пени, проведённые в месяце, за вычетом снятых.
-- meaning_en: Penalty posted in the month less what was taken back.
select
    period,
    sum(penalty_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
