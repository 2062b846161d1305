-- One row per day of the months of supply and the two after them: the working day it is or is followed by.
-- grain: day
-- kind:  table
-- law:   ГК РФ ст. 193: what falls due on a day off is due on the next working day
with days as (
    select unnest(generate_series(
        (select min(date_trunc('month', valid_from)) from intake.contract_fact),
        (select date_trunc('month', as_of) + interval 3 month from business.bounds),
        interval 1 day
    ))::date as day
)

select
    days.day,
    min(case when isodow(days.day) <= 5 and days_off.day is null then days.day end) over (
        order by days.day rows between current row and unbounded following
    ) as working_day
from days
left join reference.day_off as days_off on days_off.day = days.day
order by days.day
