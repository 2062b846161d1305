-- One row per evaluation and point with hours: the sums over its hours that price categories 3 to 6 charge by.
-- grain: contract_number, point_code, service_period, closing
-- kind:  step
-- law:   RULES.md 10: Σ E·p (3, 4) or Σ F·r (5, 6), power at the published peak hours, daily maxima in the planned peak hours
-- money: cost in kWh × 10⁻⁵ rub/MWh, exact; rounded once, in the line
with priced as (
    select
        days.*,
        case when days.price_category >= 5 then prices.day_ahead_e5 else prices.energy_e5 end as price_e5,
        prices.peak_place,
        prices.planned_places
    from business_step.hour_day as days
    left join business_step.market_day as prices
        on prices.day = days.day and prices.known_from <= days.closing and days.closing < prices.known_to
),

by_day as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        max(reached_kwh[-1])::bigint as kwh,
        sum(hours_known)::bigint as hours_measured,
        bool_or(is_spread) as is_spread,
        count(peak_place) as peak_days,
        coalesce(sum(reached_kwh[peak_place + 1] - reached_kwh[peak_place]), 0)::bigint as peak_kwh,
        coalesce(sum(list_max(list_transform(
            planned_places, lambda place: reached_kwh[place + 1] - reached_kwh[place]
        ))), 0)::bigint as planned_kwh
    from priced
    group by contract_number, point_code, service_period, closing
),

hours as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        unnest(reached_kwh[2:])::bigint - unnest(reached_kwh[:-2]) as kwh,
        unnest(price_e5) as price_e5
    from priced
),

by_hour as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        sum(kwh * price_e5)::hugeint as energy_cost,
        count_if(kwh is not null and price_e5 is null) as hours_unpriced
    from hours
    group by contract_number, point_code, service_period, closing
)

select by_day.*, by_hour.energy_cost, by_hour.hours_unpriced
from by_day
inner join by_hour using (contract_number, point_code, service_period, closing)
