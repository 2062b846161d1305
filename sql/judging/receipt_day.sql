-- One row per calendar day: the month for which a reading received on it counts.
-- grain: received_on
-- kind:  step
-- law:   from 1 August 2019 through the 25th for its month, later for the next (decision 9)
with days as (
    select unnest(generate_series(date '2013-09-01', open_period + interval 2 month, interval 1 day))::date as received_on
    from replay.bounds
)

select
    days.received_on,
    case
        when day(days.received_on) <= cutoffs.last_day_of_month_counted then date_trunc('month', days.received_on)
        else date_trunc('month', days.received_on) + interval 1 month
    end::date as period
from days
inner join reference.reading_cutoff as cutoffs on cutoffs.valid_from <= days.received_on and days.received_on < cutoffs.valid_to
