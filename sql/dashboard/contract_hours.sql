-- One row per day and hour of a month: energy of all points of a contract, and how many of their hours were not measured.
-- grain:  day, hour
-- params: contract, period
with points as (
    select distinct point_code, supplied_from, coalesce(supplied_to, date '9999-12-31') as supplied_to
    from business_point
    where contract_number = $contract
),

hours as (
    select
        days.day,
        unnest(range(len(days.wh))) as hour,
        unnest(days.wh) as wh,
        unnest(days.basis)::varchar as basis
    from point_day as days
    semi join points
        on points.point_code = days.point_code and days.day between points.supplied_from and points.supplied_to
    where days.day between $period::date and last_day($period::date)
)

select
    day,
    hour,
    sum(wh)::bigint as wh,
    count_if(basis <> 'measured') as filled
from hours
group by day, hour
order by day, hour
