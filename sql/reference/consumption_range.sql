-- One row per consumption range (диапазон потребления), in force from 1 January 2026; null to_kwh: no upper limit.
-- Closings [known_from, known_to) reckon by it; a file without these columns was always known.
-- grain: category, heating, season, band, valid_from, known_from
-- kind:  reference
-- law:   РСТ РО № 760 of 26.12.2025
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    coalesce(known_from::date, date '1900-01-01') as known_from,
    coalesce(known_to::date, date '9999-12-31') as known_to,
    settlement_category::category as category,
    heating::heating as heating,
    season,
    band::band as band,
    from_kwh::integer as from_kwh,
    to_kwh::integer as to_kwh,
    status::value_status as status,
    source
from (
    select null::varchar as known_from, null::varchar as known_to where false
    union all by name
    select * from reference_rows('consumption_range')
)
