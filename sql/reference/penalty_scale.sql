-- One row per stretch of days after the due day (day_from = 1 is the day after it), by date of the day that is charged.
-- A day costs 1/fraction_divisor of the rate; null fraction_divisor: the day is free; null day_to: no upper limit.
-- grain: customer_kind, valid_from, day_from
-- kind:  reference
-- law:   ЖК РФ ст. 155 ч. 14; 35-ФЗ ст. 37
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    customer_kind,
    day_from::integer as day_from,
    day_to::integer as day_to,
    case when fraction <> '0' then split_part(fraction, '/', 2)::integer end as fraction_divisor,
    status::value_status as status,
    source
from reference_rows('penalty_scale')
