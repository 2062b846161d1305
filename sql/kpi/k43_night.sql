-- name_ru: Ночное потребление
-- name_en: Night use
-- group: consumption
-- unit: percent
-- owner: billing
-- better: up
-- scope: place
-- meaning_ru: Доля ночных кВт·ч у счетов с многозонным учётом.
-- meaning_en: Share of night kWh among accounts with zones of the day.
select
    period,
    sum(night_kwh)::bigint as part,
    sum(zoned_kwh)::bigint as whole
from energy_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
