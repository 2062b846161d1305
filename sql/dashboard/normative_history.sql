-- One row per normative: kWh a person and month by dwelling, equipment, season, rooms and persons.
-- grain:  dwelling, stove, heating, season, rooms, persons, valid_from
-- params: none
select
    dwelling,
    stove::varchar as stove,
    heating::varchar as heating,
    season,
    rooms,
    persons,
    kwh_per_person_month,
    valid_from,
    valid_to,
    status::varchar as status,
    source
from normative
order by valid_from desc, dwelling, stove, heating, season, rooms, persons
