-- name_ru: Расчётный объём
-- name_en: Estimated energy
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля кВт·ч месяца, начисленных по среднему или нормативу.
-- meaning_en: Share of the kWh of the month charged by average or normative.
select
    period,
    sum(average_kwh + normative_kwh)::bigint as part,
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
