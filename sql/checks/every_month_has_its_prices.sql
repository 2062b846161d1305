-- Every month to be reckoned has a price for every category, plan, zone and band: a gap is refused, never guessed.
-- asset:    rating.price
-- severity: error
with tariffs as (
    select distinct category, zone_plan, zone from reference.tariff_rate
),

bands as (
    select distinct period, epoch, unnest(case
        when second_limit_kwh is null then [first_band, second_band]
        else [first_band, second_band, 'band3'::band]
    end) as band
    from rating.band_limit
)

select bands.period, bands.epoch, tariffs.category, tariffs.zone_plan, tariffs.zone, bands.band
from bands
cross join tariffs
left join rating.price as prices
    on prices.period = bands.period
    and prices.epoch = bands.epoch
    and prices.category = tariffs.category
    and prices.zone_plan = tariffs.zone_plan
    and prices.zone = tariffs.zone
    and prices.band = bands.band
where prices.price_e4 is null
