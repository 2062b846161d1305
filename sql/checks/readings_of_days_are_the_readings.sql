-- By month, the days, channels and verdicts count every reading once.
-- asset:    marts.reading_day
-- severity: error
with readings as (
    select known_period, count(*) as readings
    from metering.reading
    where known_period > (select sealed_period from replay.bounds)
    group by known_period
),

days as (
    select known_period, sum(readings) as readings
    from marts.reading_day
    where known_period > (select sealed_period from replay.bounds)
    group by known_period
)

select coalesce(readings.known_period, days.known_period) as known_period, readings.readings, days.readings as of_days
from readings
full outer join days on days.known_period = readings.known_period
where readings.readings is distinct from days.readings
