-- One row per day of a month of `large_month` that the registers cover: the energy they counted, spread over the hours, in Wh.
-- grain: contract_number, point_code, closing, day
-- kind:  step
-- law:   RULES.md 9.3: in each planned peak hour of a working day the lesser of maximum power and an even share of the month's energy
--        over the peak hours; the rest evenly over the other hours
-- An even share of the peak hours is rounded down to Wh; what that leaves is in the rest, which is spread cumulatively, half up.
with counted as (
    select contract_number, point_code, service_period, closing, sum(kwh)::bigint * 1000 as month_wh
    from business_step.register_month
    where months_back = 0 and is_covered
    group by contract_number, point_code, service_period, closing
),

months as (
    select
        large.*,
        counted.month_wh,
        (large.max_power_kw * 1000)::bigint as power_wh,
        prices.peak_hours,
        prices.planned_hours
    from business_step.large_month as large
    inner join counted
        on counted.contract_number is not distinct from large.contract_number
        and counted.point_code = large.point_code
        and counted.service_period = large.service_period
        and counted.closing = large.closing
    left join business_step.month_price as prices
        on prices.service_period = large.service_period
        and prices.known_from <= large.closing and large.closing < prices.known_to
),

days as (
    select *, unnest(range(first_day, last_day + 1, interval 1 day))::date as day
    from months
),

-- Working days are those with a published peak hour; until it is known which they are, every hour is like another.
sized as (
    select
        *,
        (
            epoch(timezone('Europe/Moscow', (day + 1)::timestamp)) - epoch(timezone('Europe/Moscow', day::timestamp))
        )::bigint // 3600 as hours,
        case
            when peak_hours[day] is not null then list_transform(planned_hours, lambda hour: (hour + 1)::bigint)
            else []
        end as peaks
    from days
),

counts as (
    select
        *,
        sum(len(peaks)) over month::bigint as month_peaks,
        sum(hours - len(peaks)) over month::bigint as month_others,
        (sum(hours - len(peaks)) over (month order by day) - (hours - len(peaks)))::bigint as others_before
    from sized
    window month as (partition by contract_number, point_code, closing, service_period)
),

shared as (
    select
        *,
        case when month_peaks = 0 then 0 else least(month_wh // month_peaks, power_wh) end as peak_wh,
        month_wh - month_peaks * peak_wh as rest_wh
    from counts
),

-- Of the other hours: how many there were by the end of each, since the month began.
numbered as (
    select
        *,
        list_transform(
            range(1, hours + 1),
            lambda place: others_before + place - len(list_filter(peaks, lambda peak: peak <= place))
        ) as others
    from shared
)

select
    contract_number,
    point_code,
    closing,
    day,
    list_transform(
        others,
        lambda other, place: case
            when list_contains(peaks, place) then peak_wh
            else
                (2 * rest_wh * other + month_others) // (2 * month_others)
                - (2 * rest_wh * (other - 1) + month_others) // (2 * month_others)
        end
    ) as wh
from numbered
