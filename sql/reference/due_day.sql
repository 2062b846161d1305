-- One row per rule on the day of the next month by which a period is to be paid.
-- grain: service_period_from
-- kind:  reference
-- law:   ЖК РФ ст. 155 ч. 1; 177-ФЗ
select
    service_period_from::date as service_period_from,
    service_period_to::date as service_period_to,
    due_day::integer as due_day,
    status::value_status as status,
    source
from reference_rows('due_day')
