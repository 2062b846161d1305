-- By channel and month, at most a tenth of the readings wait for a person; more means that something upstream changed.
-- asset:    metering.reading
-- severity: warn
select channel, known_period, count(*) as readings, count_if(verdict = 'held') as held
from metering.reading
where known_period > (select sealed_period from replay.bounds)
group by channel, known_period
having count(*) >= 100 and count_if(verdict = 'held') * 10 > count(*)
