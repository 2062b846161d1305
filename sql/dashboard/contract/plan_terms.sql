-- One row per day: until when a plan for it is taken, and how many hours it has by the clock of Moscow.
-- grain:  day
-- params: from_day, to_day
-- law:    ПП РФ 442 п. 97; the term is by contract, RULES.md 9.4
with days as (
    select unnest(generate_series($from_day::date, $to_day::date, interval 1 day))::date as day
)

select
    days.day,
    timezone('Europe/Moscow', (days.day - terms.days_before) + terms.until_time) as due_at,
    (
        epoch(timezone('Europe/Moscow', (days.day + 1)::timestamp)) - epoch(timezone('Europe/Moscow', days.day::timestamp))
    )::bigint // 3600 as hours
from days
inner join plan_deadline as terms on terms.valid_from <= days.day and days.day < terms.valid_to
order by days.day
