-- One row per price (тариф) of a kWh for the population, VAT included.
-- Closings [known_from, known_to) reckon by it; a file without these columns was always known.
-- grain: settlement_category, zone_plan, zone, band, valid_from, known_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    coalesce(known_from::date, date '1900-01-01') as known_from,
    coalesce(known_to::date, date '9999-12-31') as known_to,
    settlement_category::category as category,
    zone_plan::zone_plan as zone_plan,
    zone::zone as zone,
    band::band as band,
    price_rub_per_kwh::decimal(9, 4) as price_rub_per_kwh,
    status::value_status as status,
    source
from (
    select null::varchar as known_from, null::varchar as known_to where false
    union all by name
    select * from reference_rows('tariff_rate')
)
