-- One row per service period, from the oldest debt brought in through the open month: the last day to pay it in time (срок оплаты).
-- grain: service_period
-- kind:  table
-- law:   ЖК РФ ст. 155 ч. 1: the due day of the month after; ГК РФ ст. 193: moved to the next working day
-- Outside the years whose days off are known, only Saturdays and Sundays are taken for days off.
with known as (
    select least(make_date(year(min(day)), 1, 1), (select min(service_period) from intake.opening_debt_fact)) as first_period,
        greatest(make_date(year(max(day)), 11, 1), (select open_period from replay.bounds)) as last_period
    from reference.day_off
),

periods as (
    select unnest(generate_series(first_period, last_period, interval 1 month))::date as service_period from known
),

days as (
    select
        periods.service_period,
        unnest(generate_series(
            periods.service_period + interval 1 month + to_days(due.due_day - 1), periods.service_period + interval 2 month, interval 1 day
        ))::date as day
    from periods
    inner join reference.due_day as due
        on due.service_period_from <= periods.service_period and periods.service_period < due.service_period_to
)

select days.service_period, min(days.day) as due_on
from days
anti join reference.day_off as days_off on days_off.day = days.day
where isodow(days.day) <= 5
group by days.service_period
order by days.service_period
