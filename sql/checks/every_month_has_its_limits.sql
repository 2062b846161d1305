-- Every month to be reckoned has one norm or range for every kind of dwelling and number of persons, and says how sure it is.
-- asset:    rating.band_limit
-- severity: error
with households as (
    select distinct settlement, stove, heating, persons from rating.band_limit
)

select months.period, households.settlement, households.stove, households.heating, households.persons, count(limits.status) as limits
from rating.month as months
left join households on true
left join rating.band_limit as limits
    on limits.period = months.period
    and limits.settlement = households.settlement
    and limits.stove = households.stove
    and limits.heating = households.heating
    and limits.persons = households.persons
group by all
having count(limits.status) <> 1
