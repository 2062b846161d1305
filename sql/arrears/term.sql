-- One row per service period: its due day, and the first day on which what is still owed bears penalty (null: none ever).
-- grain: service_period
-- kind:  step
with bears as (
    select due_on, min(from_day) as bears_from
    from ledger.bearing_stretch
    where customer_kind = 'household'
    group by due_on
)

select due_dates.service_period, due_dates.due_on, bears.bears_from
from ledger.due_date as due_dates
left join bears on bears.due_on = due_dates.due_on
