-- One row per municipality (муниципальный район, городской округ): where it lies and whom it borders.
-- grain: district
-- kind:  reference
select
    district,
    kind,
    lat::double as lat,
    lon::double as lon,
    area_km2::integer as area_km2,
    string_split(neighbours, '|') as neighbours,
    source
from reference_rows('district')
