-- One row per component of the social norm (социальная норма), in force to 31 December 2025.
-- Closings [known_from, known_to) reckon by it; a file without these columns was always known.
-- grain: settlement, component, persons, valid_from, known_from
-- kind:  reference
-- law:   ПП РФ 614; РСТ РО 28/1 of 05.08.2013
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    coalesce(known_from::date, date '1900-01-01') as known_from,
    coalesce(known_to::date, date '9999-12-31') as known_to,
    settlement,
    component,
    persons::integer as persons,
    kwh_per_month::integer as kwh_per_month,
    coefficient::decimal(4, 2) as coefficient,
    status::value_status as status,
    source
from (
    select null::varchar as known_from, null::varchar as known_to where false
    union all by name
    select * from reference_rows('social_norm')
)
