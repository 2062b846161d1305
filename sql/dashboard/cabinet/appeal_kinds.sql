-- One row per kind of appeal that a household or a business may make on a day: what it asks for, and the day it is answered by.
-- grain:  kind
-- params: on_day, customer
-- law:    ГК РФ ст. 191: the term begins on the day after
with days as (
    select unnest(generate_series($on_day::date + 1, $on_day::date + 90, interval 1 day))::date as day
),

working as (
    select days.day, row_number() over (order by days.day) as place
    from days
    anti join day_off as days_off on days_off.day = days.day
    where isodow(days.day) <= 5
)

select
    kinds.kind,
    kinds.fields,
    kinds.needs_file,
    kinds.answer_within,
    kinds.day_kind,
    case kinds.day_kind when 'calendar' then $on_day::date + kinds.answer_within else working.day end as due_on,
    kinds.status::varchar as status
from appeal_kind as kinds
left join working on working.place = kinds.answer_within
where kinds.valid_from <= $on_day::date and $on_day::date < kinds.valid_to and kinds.customer in ($customer, 'any')
order by kinds.kind = 'other', kinds.kind
