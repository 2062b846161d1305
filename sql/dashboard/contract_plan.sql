-- One row per day of a month with a plan of a contract: plan and fact of the hours both are known for, and what the deviations cost.
-- grain:  day
-- params: contract, period
with hours as (
    select
        day,
        unnest(plan_wh) as plan_wh,
        unnest(deviation_wh) as deviation_wh,
        unnest(cost_kopecks) as cost_kopecks
    from deviation_day
    where contract_number = $contract and day between $period::date and last_day($period::date)
)

select
    day,
    sum(plan_wh)::bigint as plan_wh,
    sum(plan_wh + deviation_wh)::bigint as fact_wh,
    sum(greatest(deviation_wh, 0))::bigint as above_wh,
    sum(greatest(-deviation_wh, 0))::bigint as below_wh,
    sum(cost_kopecks)::bigint as cost_kopecks
from hours
where deviation_wh is not null
group by day
order by day
