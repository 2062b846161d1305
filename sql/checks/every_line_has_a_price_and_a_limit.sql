-- Every line reckoned found a price in the tariffs and a norm or range for its band: a gap is refused, never guessed.
-- asset:    rating.target_line
-- severity: error
select account_number, service_period, meter_serial, zone_plan, zone, band, kwh, price_rub_per_kwh, limit_status
from rating.target_line
where amount_kopecks is null or band is null or limit_status is null
