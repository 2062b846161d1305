-- One row per flat, evaluation and band: its share of the needs of its house, kWh.
-- grain: account_number, service_period, closing, place
-- kind:  step
-- law:   under the social norm own use and house needs count together, own use first (RULES.md 3.5); consumption ranges are not
--        applied to house needs
with shared as (
    select
        needs.*,
        volumes.epoch,
        volumes.limit_id,
        case
            when limits.first_band = 'in_norm' and volumes.first_limit_kwh is not null
                then least(needs.kwh, greatest(volumes.first_limit_kwh - volumes.volume_kwh, 0))
            else needs.kwh
        end as first_share_kwh
    from rating.flat_need as needs
    inner join rating.volume as volumes
        on volumes.account_number = needs.account_number
        and volumes.service_period = needs.service_period
        and volumes.closing = needs.closing
    left join rating.band_limit as limits on limits.limit_id = volumes.limit_id
),

bands as (
    select 1 as place, shared.* replace (shared.first_share_kwh as kwh) from shared
    union all
    select 2 as place, shared.* replace (shared.kwh - shared.first_share_kwh as kwh) from shared
)

select
    account_number,
    service_period,
    closing,
    epoch,
    basis,
    use_status,
    limit_id,
    place,
    kwh,
    -account_number as register_key,
    'one_rate'::zone_plan as zone_plan
from bands
where kwh > 0
