-- name_ru: Начислено
-- name_en: Charged
-- group: charges
-- unit: kopecks
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Начисления месяца по показаниям, среднему и нормативу, без перерасчётов.
-- meaning_en: Charges of the month by reading, average and normative, without corrections.
select
    period,
    sum(charged_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
