-- One row per contract, point (null: the points without a plan of their own) and month: plan against fact, and what the difference costs.
-- grain: contract_number, point_code, period
-- kind:  table
-- Sums of the hours of which plan and fact are known; a sum is a sum of rounded hours.
with hours as (
    select
        contract_number,
        point_code,
        date_trunc('month', day)::date as period,
        unnest(plan_wh) as plan_wh,
        unnest(deviation_wh) as deviation_wh,
        unnest(cost_kopecks) as cost_kopecks
    from business.deviation_day
)

select
    contract_number,
    point_code,
    period,
    count(*) as hours,
    count(deviation_wh) as hours_known,
    sum(plan_wh)::bigint as plan_wh,
    coalesce(sum(plan_wh + deviation_wh), 0)::bigint as fact_wh,
    coalesce(sum(greatest(deviation_wh, 0)), 0)::bigint as above_wh,
    coalesce(sum(greatest(-deviation_wh, 0)), 0)::bigint as below_wh,
    -- Hundredths of a percent of the plan, in the hours known, half away from zero.
    (2 * 10000 * sum(abs(deviation_wh)) + sum(plan_wh) filter (deviation_wh is not null))
    // nullif(2 * sum(plan_wh) filter (deviation_wh is not null), 0) as deviation_pct_e2,
    sum(cost_kopecks)::bigint as cost_kopecks,         -- null: no price is known
    count(cost_kopecks) as hours_priced
from hours
group by contract_number, point_code, period
