-- One row per rule on the day of the next month by which a month is to be paid, the latest first.
-- grain:  valid_from
-- params: none
select
    service_period_from as valid_from,
    service_period_to as valid_to,
    due_day,
    status::varchar as status,
    source
from due_day
order by valid_from desc
