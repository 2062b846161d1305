-- One row per plan in place, band and zone: from and to which energy of the month it reaches, what a kWh costs, how sure each is, and why the
-- account gets it.
-- Parameters: none.
with rated as (
    select
        volumes.account_number,
        volumes.service_period,
        volumes.closing,
        volumes.epoch,
        volumes.first_limit_kwh,
        volumes.second_limit_kwh,
        limits.* exclude (limit_id, period, epoch, first_limit_kwh, second_limit_kwh)
    from rating.volume as volumes
    inner join rating.band_limit as limits on limits.limit_id = volumes.limit_id
),

bands as (
    select rated.*, 1 as place, first_band as band, 0::bigint as from_kwh, first_limit_kwh as to_kwh from rated
    union all
    select rated.*, 2, second_band, first_limit_kwh, second_limit_kwh from rated where first_limit_kwh is not null
    union all
    select rated.*, 3, 'band3'::band, second_limit_kwh, null from rated where second_limit_kwh is not null
),

plans as (
    select distinct account_number, zone_plan from rating.register_use
)

select
    plans.zone_plan::varchar as zone_plan,
    bands.band::varchar as band,
    prices.zone::varchar as zone,
    bands.from_kwh,
    bands.to_kwh,
    prices.price_rub_per_kwh,
    prices.status::varchar as price_status,
    price_sources.source as price_source,
    bands.status::varchar as limit_status,
    limit_sources.source as limit_source,
    bands.category::varchar as category,
    bands.settlement::varchar as settlement,
    bands.stove::varchar as stove,
    bands.heating::varchar as heating,
    bands.persons
from bands
inner join plans on plans.account_number = bands.account_number
inner join rating.price as prices
    on prices.period = bands.service_period
    and prices.epoch = bands.epoch
    and prices.category = bands.category
    and prices.zone_plan = plans.zone_plan
    and prices.band = bands.band
inner join reference.source as price_sources on price_sources.source_id = prices.source_id
inner join reference.source as limit_sources on limit_sources.source_id = bands.source_id
order by plans.zone_plan, bands.place, prices.zone
