-- name_ru: Три месяца молчат
-- name_en: Silent for three months
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте без принятого показания за три месяца.
-- meaning_en: Share of meters in place without an accepted reading for three months.
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

heard as (
    select distinct readings.account_number, readings.meter_serial, (readings.period + to_months(later::integer))::date as period
    from reading as readings
    cross join range(3) as months (later)
    where readings.verdict = 'accepted' and readings.period between $since::date - interval 2 month and $period
)

select in_place.period, count(*) filter (where heard.period is null) as part, count(*) as whole
from in_place
left join heard
    on heard.account_number = in_place.account_number
    and heard.meter_serial = in_place.meter_serial
    and heard.period = in_place.period
group by in_place.period
order by in_place.period
