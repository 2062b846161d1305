-- name_ru: Третий диапазон
-- name_en: Third range
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля кВт·ч в третьем диапазоне (с 2026 года).
-- meaning_en: Share of kWh in the third range (from 2026).
select
    period,
    sum(third_kwh)::bigint as part,
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
