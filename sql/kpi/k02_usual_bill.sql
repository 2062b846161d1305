-- name_ru: Средний счёт
-- name_en: Average bill
-- group: charges
-- unit: kopecks
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Начислено ÷ счета с начислением за месяц; копейки отбрасываются.
-- meaning_en: Charged ÷ accounts charged in the month; rounded down to a kopeck.
select
    period,
    (sum(charged_kopecks) // nullif(sum(charged_accounts), 0))::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
