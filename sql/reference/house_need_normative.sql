-- One row per time: what house needs take where no meter of the house says, kWh for each square metre of common premises a month.
-- grain: valid_from
-- kind:  reference
-- law:   ПП РФ 354 formula 15
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    kwh_per_m2::decimal(9, 3) as kwh_per_m2,
    status::value_status as status,
    source
from reference_rows('house_need_normative')
