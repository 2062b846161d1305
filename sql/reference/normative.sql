-- One row per normative (норматив потребления): kWh a person and month in a dwelling of so many rooms and persons.
-- Closings [known_from, known_to) reckon by it; a file without these columns was always known.
-- grain: dwelling, stove, heating, season, rooms, persons, valid_from, known_from
-- kind:  reference
-- law:   ПП РФ 306; the table of the region could not be read, so a stand-in is marked assumed
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    coalesce(known_from::date, date '1900-01-01') as known_from,
    coalesce(known_to::date, date '9999-12-31') as known_to,
    dwelling::dwelling as dwelling,
    stove::stove as stove,
    heating::heating as heating,
    season,
    rooms::integer as rooms,
    persons::integer as persons,
    kwh_per_person_month::decimal(9, 3) as kwh_per_person_month,
    status::value_status as status,
    source
from (
    select null::varchar as known_from, null::varchar as known_to where false
    union all by name
    select * from reference_rows('normative')
)
