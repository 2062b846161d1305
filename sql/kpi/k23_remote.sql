-- name_ru: Дистанционные показания
-- name_en: Readings sent remotely
-- group: metering
-- unit: percent
-- owner: metering
-- better: up
-- scope: place
-- meaning_ru: Доля принятых показаний из кабинета, приложения, с сайта и умных счётчиков.
-- meaning_en: Share of accepted readings from cabinet, mobile, site and smart meters.
select
    period,
    coalesce(sum(readings) filter (where channel in ('cabinet', 'mobile', 'site', 'smart_meter')), 0)::bigint as part,
    sum(readings)::bigint as whole
from reading_day
where
    period between $since and $period
    and verdict = 'accepted'
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
