-- Every price names its decree or page, begins a month, and follows the one before it without a gap or an overlap.
-- asset:    reference.tariff_rate
-- severity: error
with epochs as (
    select distinct unnest([known_from, known_to]) as epoch from reference.tariff_rate
),

known as (
    select epochs.epoch, rates.*
    from epochs
    inner join reference.tariff_rate as rates on rates.known_from <= epochs.epoch and epochs.epoch < rates.known_to
),

ordered as (
    select
        *,
        lag(valid_to) over (
            -- The ranges of 2026 follow the norm: the first range the price within it, the second the price above.
            partition by
                epoch,
                category,
                zone_plan,
                zone,
                case when band in ('in_norm', 'band1') then 1 when band in ('above_norm', 'band2') then 2 else 3 end
            order by valid_from
        ) as previous_valid_to
    from known
)

select *
from ordered
where
    coalesce(trim(source), '') = ''
    or status is null
    or day(valid_from) <> 1
    or valid_to <= valid_from
    or price_rub_per_kwh <= 0
    or previous_valid_to <> valid_from
