-- One row per contract, point (null: the points without a plan of their own) and day with a plan: plan, fact and what the difference costs.
-- grain: contract_number, point_code, day
-- kind:  table
-- law:   ПП РФ 442 п. 97, RULES.md 10: categories 5 and 6 pay u for each hour above the plan and d for each hour below it. Final prices win
--        over preliminary ones, then what came last; an hour is rounded once. An analyst's measure: the bill is charged by business.charge_line
-- The last plan handed in holds. Elements are the hours of the day in order; null where the fact is unknown, or the price for the cost.
with plans as (
    select contract_number, point_code, day, wh, submitted_at
    from intake.plan_fact
    qualify row_number() over (
        partition by contract_number, point_code, day
        order by submitted_at desc, known_at desc, source_file_id desc, source_line desc
    ) = 1
),

statements as (
    select *
    from intake.supply_point_fact
    qualify row_number() over (
        partition by contract_number, point_code, valid_from order by known_at desc, source_file_id desc, source_line desc
    ) = 1
),

supplied as (
    select
        contract_number,
        point_code,
        min(valid_from) as from_day,
        max(coalesce(valid_to, date '9999-12-31')) as last_day
    from statements
    group by contract_number, point_code
),

-- The plan of a whole contract is held against the sum of its points without a plan of their own.
shared as (
    select
        plans.contract_number,
        plans.day,
        unnest(days.wh) as wh,
        generate_subscripts(days.wh, 1) as place
    from plans
    inner join supplied as points
        on points.contract_number = plans.contract_number and plans.day between points.from_day and points.last_day
    anti join plans as own
        on own.contract_number = points.contract_number and own.point_code = points.point_code and own.day = plans.day
    inner join business.point_day as days on days.point_code = points.point_code and days.day = plans.day
    where plans.point_code is null
),

shared_hours as (
    -- Where one point's hour is unknown, so is the hour of all.
    select contract_number, day, place, case when count(wh) = count(*) then sum(wh)::bigint end as wh
    from shared
    group by contract_number, day, place
),

facts as (
    select contract_number, null as point_code, day, list(wh order by place) as wh
    from shared_hours
    group by contract_number, day
    union all
    select plans.contract_number, plans.point_code, plans.day, days.wh
    from plans
    inner join supplied as points
        on points.contract_number = plans.contract_number
        and points.point_code = plans.point_code
        and plans.day between points.from_day and points.last_day
    inner join business.point_day as days on days.point_code = plans.point_code and days.day = plans.day
),

price_hours as (
    select *
    from intake.market_hour_fact
    qualify row_number() over (
        partition by day, hour order by version = 'final' desc, known_at desc, source_file_id desc, source_line desc
    ) = 1
),

prices as (
    select
        day,
        list((imbalance_up * 100000)::bigint order by hour) as up_e5,
        list((imbalance_down * 100000)::bigint order by hour) as down_e5
    from price_hours
    group by day
),

compared as (
    select
        plans.contract_number,
        plans.point_code,
        plans.day,
        plans.submitted_at,
        plans.wh as plan_wh,
        facts.wh as fact_wh,
        list_transform(plans.wh, lambda planned, place: facts.wh[place] - planned) as deviation_wh,
        prices.up_e5,
        prices.down_e5
    from plans
    left join facts
        on facts.contract_number = plans.contract_number
        and facts.point_code is not distinct from plans.point_code
        and facts.day = plans.day
    left join prices on prices.day = plans.day
),

costed as (
    select
        *,
        list_transform(
            deviation_wh,
            lambda wh, place: case when wh >= 0 then wh::hugeint * up_e5[place] else -wh::hugeint * down_e5[place] end
        ) as cost_e9
    from compared
)

select
    contract_number,
    point_code,
    day,
    submitted_at,
    plan_wh,
    fact_wh,
    deviation_wh,
    -- Wh × 10⁻⁵ rub/MWh = 10⁻⁹ kopecks
    list_transform(
        cost_e9, lambda cost: (sign(cost) * ((abs(cost) + 500000000) // 1000000000))::bigint
    ) as cost_kopecks
from costed
