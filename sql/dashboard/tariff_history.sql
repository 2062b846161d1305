-- One row per price of a category and zone plan and stretch of time, the latest first.
-- grain:  zone, band, valid_from
-- params: category, zone_plan
select
    zone::varchar as zone,
    band::varchar as band,
    price_rub_per_kwh,
    valid_from,
    valid_to,
    status::varchar as status,
    source
from tariff_rate
where category::varchar = $category and zone_plan::varchar = $zone_plan
order by valid_from desc, zone, band
