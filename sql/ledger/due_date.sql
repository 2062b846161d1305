-- One row per service period of a year whose days off are known: the last day on which paying it is in time (срок оплаты).
-- grain: service_period
-- kind:  table
-- law:   ЖК РФ ст. 155 ч. 1: the due day of the month after; ГК РФ ст. 193: moved to the next working day
with periods as (
    select unnest(generate_series(
        make_date(year(min(day)), 1, 1), make_date(year(max(day)), 11, 1), interval 1 month
    ))::date as service_period
    from reference.day_off
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
