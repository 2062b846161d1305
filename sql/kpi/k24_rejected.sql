-- name_ru: Отклонённые показания
-- name_en: Rejected readings
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля отклонённых среди показаний известных счетов.
-- meaning_en: Share of rejected ones among the readings of known accounts.
select
    period,
    coalesce(sum(readings) filter (where verdict = 'rejected'), 0)::bigint as part,
    sum(readings)::bigint as whole
from reading_day
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
