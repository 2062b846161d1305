-- name_ru: Без показания
-- name_en: Unread meters
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте без принятого показания за месяц.
-- meaning_en: Share of meters in place without an accepted reading for the month.
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
),

taken as (
    select distinct account_number, meter_serial, period
    from reading
    where verdict = 'accepted' and period between $since and $period
)

select in_place.period, count(*) filter (where taken.period is null) as part, count(*) as whole
from in_place
left join taken
    on taken.account_number = in_place.account_number
    and taken.meter_serial = in_place.meter_serial
    and taken.period = in_place.period
group by in_place.period
order by in_place.period
