-- One row per consumption range of a category, with or without electric heating, by season and stretch of time.
-- grain:  heating, season, band, valid_from
-- params: category
select
    heating::varchar as heating,
    season,
    band::varchar as band,
    from_kwh,
    to_kwh,
    valid_from,
    valid_to,
    status::varchar as status,
    source
from consumption_range
where category::varchar = $category
order by valid_from desc, heating, season, band
