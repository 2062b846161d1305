-- One row: the month a reading received on a day counts for, and the last day on which one still does.
-- grain:  period
-- params: on_day
-- law:    decision 9
with months as (
    select unnest([date_trunc('month', $on_day::date), date_trunc('month', $on_day::date) + interval 1 month])::date as period
),

windows as (
    select
        months.period,
        least(last_day(months.period), months.period + (cutoffs.last_day_of_month_counted - 1)) as ends_on
    from months
    inner join reading_cutoff as cutoffs on cutoffs.valid_from <= months.period and months.period < cutoffs.valid_to
)

select period, ends_on, date_diff('day', $on_day::date, ends_on) as days_left
from windows
where ends_on >= $on_day::date
order by period
limit 1
