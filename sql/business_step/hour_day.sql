-- One row per evaluation, point and day with hours: whole kWh reached since the month began, before the day and after each hour.
-- grain: contract_number, point_code, service_period, closing, day
-- kind:  step
-- law:   hours are billed in whole kWh; what rounding leaves is carried, so that the hours of a month add up to the month.
--        The energy of hour h is reached_kwh[h + 1] − reached_kwh[h]
with days as (
    select *, coalesce(list_sum(wh), 0)::bigint as day_wh
    from business_step.filled_day
),

begun as (
    select
        *,
        (sum(day_wh) over (
            partition by contract_number, point_code, service_period, closing order by day rows unbounded preceding
        ) - day_wh + 500)::bigint as before_wh
    from days
)

select
    contract_number,
    point_code,
    service_period,
    closing,
    price_category,
    day,
    hours_known,                                       -- measured, not filled
    is_spread,                                         -- made of the register of the month
    list_transform(
        range(len(wh) + 1), lambda place: ((before_wh + coalesce(list_sum(wh[1:place]), 0)::bigint) // 1000)::integer
    ) as reached_kwh
from begun
