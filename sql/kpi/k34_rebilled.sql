-- name_ru: Объём перерасчётов
-- name_en: Rebill rate
-- group: charges
-- unit: percent
-- owner: billing
-- better: down
-- scope: place
-- meaning_ru: Перерасчёты счетов без знака ÷ начислено за месяц.
-- meaning_en: Corrections of accounts without their sign ÷ charged in the month.
select
    period,
    sum(rebilled_kopecks)::bigint as part,
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
