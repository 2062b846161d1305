-- name_ru: Поверка истекла
-- name_en: Verification run out
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте, поверка которых истекла к концу месяца.
-- meaning_en: Share of meters in place whose verification ran out by the end of the month.
with here as (
    select account_number, period
    from account_month
    where
        period between $since and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
),

in_place as (
    select here.period, meters.account_number, meters.meter_serial, meters.verified_until
    from here
    inner join meter as meters
        on meters.account_number = here.account_number
        and meters.installed_on <= last_day(here.period)
        and (meters.removed_on is null or meters.removed_on > last_day(here.period))
)

select period, count(*) filter (where verified_until < last_day(period)) as part, count(*) as whole
from in_place
group by period
order by period
