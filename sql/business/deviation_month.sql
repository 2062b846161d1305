-- One row per contract, point (null: the points without a plan of their own) and month: plan against fact, and what the difference costs.
-- grain: contract_number, point_code, period
-- kind:  table
-- Sums of the hours of which plan and fact are known; a sum is a sum of rounded hours.
with days as (
    select
        contract_number,
        point_code,
        date_trunc('month', day)::date as period,
        len(plan_wh) as hours,
        list_count(deviation_wh) as hours_known,
        list_sum(plan_wh) as plan_wh,
        coalesce(list_sum(list_transform(
            plan_wh, lambda planned, place: case when deviation_wh[place] is not null then planned end
        )), 0) as known_plan_wh,
        coalesce(list_sum(list_transform(deviation_wh, lambda wh: greatest(wh, 0))), 0) as above_wh,
        coalesce(list_sum(list_transform(deviation_wh, lambda wh: greatest(-wh, 0))), 0) as below_wh,
        list_sum(cost_kopecks) as cost_kopecks,
        coalesce(list_count(cost_kopecks), 0) as hours_priced
    from business.deviation_day
)

select
    contract_number,
    point_code,
    period,
    sum(hours)::bigint as hours,
    coalesce(sum(hours_known), 0)::bigint as hours_known,
    sum(plan_wh)::bigint as plan_wh,
    sum(known_plan_wh + above_wh - below_wh)::bigint as fact_wh,
    sum(above_wh)::bigint as above_wh,
    sum(below_wh)::bigint as below_wh,
    -- Hundredths of a percent of the plan, in the hours known, half away from zero.
    (2 * 10000 * sum(above_wh + below_wh) + sum(known_plan_wh)) // nullif(2 * sum(known_plan_wh), 0) as deviation_pct_e2,
    sum(cost_kopecks)::bigint as cost_kopecks,         -- null: no price is known
    sum(hours_priced)::bigint as hours_priced
from days
group by contract_number, point_code, period
