-- name_ru: Сверх первого диапазона
-- name_en: Above the first range
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля кВт·ч сверх соцнормы, а с 2026 года сверх первого диапазона.
-- meaning_en: Share of kWh above the social norm, from 2026 above the first range.
select
    period,
    sum(above_first_kwh)::bigint as part,
    sum(kwh)::bigint as whole
from energy_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
