-- name_ru: Показания на проверке
-- name_en: Held readings
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля показаний на проверке среди показаний известных счетов.
-- meaning_en: Share of held ones among the readings of known accounts.
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
    count(*) filter (where readings.verdict = 'held') as part,
    count(*) as whole
from reading as readings
inner join here on here.account_number = readings.account_number and here.period = readings.period
group by here.period
order by here.period
