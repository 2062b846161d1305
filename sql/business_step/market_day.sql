-- One row per day and spell of knowledge of its hourly and of its monthly prices: all that one day of hours is charged by.
-- grain: day, hours_known_from, known_from
-- kind:  step
-- law:   capacity is paid for the published peak hour of a working day, the network for the planned peak hours of working days
--        (RULES.md 10, P_cap and P_net)
select
    hours.service_period,
    hours.day,
    greatest(hours.known_from, months.known_from) as known_from,
    least(hours.known_to, months.known_to) as known_to,
    hours.energy_e5,
    hours.day_ahead_e5,
    hours.up_e5,
    hours.down_e5,
    -- Places in the day's arrays, from 1; a day off has neither.
    (months.peak_hours[hours.day] + 1)::integer as peak_place,
    case
        when months.peak_hours[hours.day] is not null
            then list_transform(months.planned_hours, lambda hour: (hour + 1)::integer)
    end as planned_places
from business_step.day_price as hours
inner join business_step.month_price as months
    on months.service_period = hours.service_period
    and months.known_from < hours.known_to and hours.known_from < months.known_to
