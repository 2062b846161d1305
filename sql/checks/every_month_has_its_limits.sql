-- Every month to be reckoned has one norm or range for every kind of dwelling and number of persons, and says how sure it is.
-- asset:    rating.band_limit
-- severity: error
with households as (
    select distinct settlement, stove, heating, persons from rating.band_limit
)

select epochs.period, epochs.epoch, households.settlement, households.stove, households.heating, households.persons, count(limits.status) as limits
from rating.epoch as epochs
left join households on true
left join rating.band_limit as limits
    on limits.period = epochs.period
    and limits.epoch = epochs.epoch
    and limits.settlement = households.settlement
    and limits.stove = households.stove
    and limits.heating = households.heating
    and limits.persons = households.persons
group by all
having count(limits.status) <> 1
