-- Every price names its decree or page, begins a month, and follows the one before it without a gap or an overlap.
-- asset:    reference.tariff_rate
-- severity: error
with ordered as (
    select
        *,
        lag(valid_to) over (
            partition by category, zone_plan, zone, band
            order by valid_from
        ) as previous_valid_to
    from reference.tariff_rate
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
