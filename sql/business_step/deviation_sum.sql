-- One row per evaluation and plan of categories 5 and 6 (of a point; point_code null: of the whole contract): planned and deviating energy.
-- grain: contract_number, point_code, service_period, closing
-- kind:  step
-- law:   RULES.md 10: Σ max(0, F−L)·u, Σ max(0, L−F)·d, ΣL, Σ |F−L|. A plan of the contract is held against the points without one of
--        their own, all together; where no plan was handed in, the plan is the fact (assumed: no page says otherwise)
-- money: costs in kWh × 10⁻⁵ rub/MWh, exact; rounded once, in the line
with days as (
    select
        days.contract_number,
        days.point_code,
        days.service_period,
        days.closing,
        days.day,
        days.reached_kwh,
        own.reached_kwh as own_kwh,
        whole.reached_kwh as whole_kwh,
        prices.up_e5,
        prices.down_e5
    from business_step.hour_day as days
    left join business_step.market_day as prices
        on prices.day = days.day and prices.known_from <= days.closing and days.closing < prices.known_to
    left join business_step.day_plan as own
        on own.contract_number = days.contract_number
        and own.point_code = days.point_code
        and own.day = days.day
        and own.known_from <= days.closing and days.closing < own.known_to
    left join business_step.day_plan as whole
        on whole.contract_number = days.contract_number
        and whole.point_code is null
        and whole.day = days.day
        and whole.known_from <= days.closing and days.closing < whole.known_to
    where days.price_category >= 5
),

by_point as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        unnest(reached_kwh[2:])::bigint - unnest(reached_kwh[:-2]) as fact_kwh,
        unnest(own_kwh[2:])::bigint - unnest(own_kwh[:-2]) as plan_kwh,
        unnest(up_e5) as up_e5,
        unnest(down_e5) as down_e5
    from days
    where own_kwh is not null or whole_kwh is null
),

spread as (
    select
        contract_number,
        service_period,
        closing,
        day,
        unnest(range(1, len(reached_kwh))) as place,
        unnest(reached_kwh[2:])::bigint - unnest(reached_kwh[:-2]) as fact_kwh,
        unnest(whole_kwh[2:])::bigint - unnest(whole_kwh[:-2]) as plan_kwh,
        unnest(up_e5) as up_e5,
        unnest(down_e5) as down_e5
    from days
    where own_kwh is null and whole_kwh is not null
),

by_contract as (
    select
        contract_number,
        null::varchar as point_code,
        service_period,
        closing,
        sum(fact_kwh)::bigint as fact_kwh,
        max(plan_kwh) as plan_kwh,
        max(up_e5) as up_e5,
        max(down_e5) as down_e5
    from spread
    where fact_kwh is not null
    group by contract_number, service_period, closing, day, place
),

hours as (
    select * replace (coalesce(plan_kwh, fact_kwh) as plan_kwh)
    from (select * from by_point union all select * from by_contract)
    where fact_kwh is not null
)

select
    contract_number,
    point_code,
    service_period,
    closing,
    sum(plan_kwh)::bigint as plan_kwh,
    sum(greatest(fact_kwh - plan_kwh, 0))::bigint as up_kwh,
    sum(greatest(plan_kwh - fact_kwh, 0))::bigint as down_kwh,
    sum(greatest(fact_kwh - plan_kwh, 0) * up_e5)::hugeint as up_cost,
    sum(greatest(plan_kwh - fact_kwh, 0) * down_e5)::hugeint as down_cost
from hours
group by contract_number, point_code, service_period, closing
