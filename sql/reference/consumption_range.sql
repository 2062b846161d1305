-- One row per consumption range (диапазон потребления), in force from 1 January 2026; null to_kwh: no upper limit.
-- grain: category, heating, season, band, valid_from
-- kind:  reference
-- law:   РСТ РО № 760 of 26.12.2025
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    settlement_category::category as category,
    heating::heating as heating,
    season,
    band::band as band,
    from_kwh::integer as from_kwh,
    to_kwh::integer as to_kwh,
    status::value_status as status,
    source
from read_csv(getvariable('reference') || '/consumption_range.csv', header = true, all_varchar = true)
