-- name_ru: Дистанционные показания
-- name_en: Readings sent remotely
-- group: metering
-- unit: percent
-- owner: metering
-- better: up
-- scope: place
-- meaning_ru: Доля принятых показаний из кабинета, приложения, с сайта и умных счётчиков.
-- meaning_en: Share of accepted readings from cabinet, mobile, site and smart meters.
with here as (
    select account_number, period
    from account_month
    where
        period between $since and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select
    here.period,
    count(*) filter (where readings.channel in ('cabinet', 'mobile', 'site', 'smart_meter')) as part,
    count(*) as whole
from reading as readings
inner join here on here.account_number = readings.account_number and here.period = readings.period
where readings.verdict = 'accepted'
group by here.period
order by here.period
