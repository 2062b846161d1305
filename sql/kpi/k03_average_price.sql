-- name_ru: Средняя цена
-- name_en: Average price
-- group: charges
-- unit: rub_per_kwh
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Начислено с перерасчётами ÷ полезный отпуск.
-- meaning_en: Charges with corrections ÷ energy sold.
select
    period,
    sum(charged_kopecks + corrected_kopecks)::bigint as part,
    sum(kwh)::bigint as whole
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
