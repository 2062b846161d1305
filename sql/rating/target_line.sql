-- One row per evaluation, meter, zone and band: what the facts known at the closing make of the service period.
-- grain: account_number, service_period, closing, meter_serial, zone, band, basis
-- kind:  step
-- law:   decision 11: for each limit below the month's volume a register's share is floor(limit × its energy ÷ the volume), the
--        remaining kWh go one by one to the largest fractions (ties: meter, then zone, as register keys grow); bands are
--        differences of cumulative shares
--        what a controller read less than was charged (ПП РФ 354 п. 61) is taken back in the first band and shares no limit
-- money: kWh × price, rounded once per line, half away from zero
with limited as (
    select * rename (volume_kwh as energy_kwh), volume_kwh
    from rating.volume
    where registers = 1
    union all by name
    select
        used.*,
        volumes.volume_kwh,
        volumes.registers,
        volumes.epoch,
        volumes.limit_id,
        volumes.first_limit_kwh,
        volumes.second_limit_kwh
    from rating.register_use as used
    inner join rating.volume as volumes
        on volumes.account_number = used.account_number
        and volumes.service_period = used.service_period
        and volumes.closing = used.closing
    where volumes.registers > 1 and used.energy_kwh > 0
),

taken_back as (
    select used.*, volumes.epoch, volumes.limit_id, 1 as place, used.energy_kwh as kwh
    from rating.register_use as used
    inner join rating.volume as volumes
        on volumes.account_number = used.account_number
        and volumes.service_period = used.service_period
        and volumes.closing = used.closing
    where used.energy_kwh < 0
),

-- Most months need no split: one register, or a volume within the limit. Only the others pay for a window.
first_shared as (
    select *, least(energy_kwh, first_limit_kwh) as first_share_kwh
    from limited
    where registers = 1 or (first_limit_kwh < volume_kwh) is not true
    union all
    select
        *,
        first_limit_kwh * energy_kwh // volume_kwh + (
            row_number() over fraction <= first_limit_kwh - sum(first_limit_kwh * energy_kwh // volume_kwh) over month
        )::bigint as first_share_kwh
    from limited
    where registers > 1 and first_limit_kwh < volume_kwh
    window
        month as (partition by account_number, service_period, closing),
        fraction as (
            partition by account_number, service_period, closing
            order by first_limit_kwh * energy_kwh % volume_kwh desc, register_key
        )
),

shared as (
    select
        *,
        case when second_limit_kwh is not null then least(energy_kwh, second_limit_kwh) end as second_share_kwh
    from first_shared
    where registers = 1 or (second_limit_kwh < volume_kwh) is not true
    union all
    select
        *,
        second_limit_kwh * energy_kwh // volume_kwh + (
            row_number() over fraction <= second_limit_kwh - sum(second_limit_kwh * energy_kwh // volume_kwh) over month
        )::bigint as second_share_kwh
    from first_shared
    where registers > 1 and second_limit_kwh < volume_kwh
    window
        month as (partition by account_number, service_period, closing),
        fraction as (
            partition by account_number, service_period, closing
            order by second_limit_kwh * energy_kwh % volume_kwh desc, register_key
        )
),

banded as (
    select *, 1 as place, first_share_kwh as kwh
    from shared
    union all
    select *, 2 as place, coalesce(second_share_kwh, energy_kwh) - first_share_kwh as kwh
    from shared
    where energy_kwh > first_share_kwh
    union all
    select *, 3 as place, energy_kwh - second_share_kwh as kwh
    from shared
    where energy_kwh > second_share_kwh
    union all by name
    select * from rating.flat_band
    union all by name
    select * from taken_back
),

named as (
    select
        banded.*,
        limits.category,
        case banded.place when 1 then limits.first_band when 2 then limits.second_band else 'band3'::band end as band,
        case when banded.limit_id is not null then greatest(limits.status, banded.use_status) end as limit_status,
        limits.source_id as limit_source_id
    from banded
    left join rating.band_limit as limits on limits.limit_id = banded.limit_id
    where banded.kwh <> 0 or banded.limit_id is null
)

select
    named.account_number,
    named.service_period,
    named.closing,
    named.basis,
    registers.meter_serial,
    named.zone_plan,
    registers.zone,
    named.band,
    named.kwh,
    prices.price_rub_per_kwh,
    prices.status as price_status,
    named.limit_status,
    (sign(named.kwh) * ((abs(named.kwh) * prices.price_e4 + 50) // 100))::bigint as amount_kopecks,
    prices.source_id as tariff_source_id,
    named.limit_source_id
from named
inner join known.register as registers on registers.register_key = named.register_key
left join rating.price as prices
    on prices.period = named.service_period
    and prices.epoch = named.epoch
    and prices.category = named.category
    and prices.zone_plan = named.zone_plan
    and prices.zone = registers.zone
    and prices.band = named.band
