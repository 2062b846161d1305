-- name_ru: Полезный отпуск
-- name_en: Energy sold
-- group: charges
-- unit: kwh
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: кВт·ч, предъявленные в месяце, с перерасчётами.
-- meaning_en: kWh billed in the month, corrections included.
select
    period,
    sum(kwh)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
