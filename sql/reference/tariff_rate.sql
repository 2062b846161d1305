-- One row per price (тариф) of a kWh for the population, VAT included.
-- grain: settlement_category, zone_plan, zone, band, valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    settlement_category::category as category,
    zone_plan::zone_plan as zone_plan,
    zone::zone as zone,
    band::band as band,
    price_rub_per_kwh::decimal(9, 4) as price_rub_per_kwh,
    status::value_status as status,
    source
from read_csv(getvariable('reference') || '/tariff_rate.csv', header = true, all_varchar = true)
