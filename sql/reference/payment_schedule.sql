-- One row per schedule and part of a month's payment: an advance of so many percent, or what is left.
-- grain: payment_schedule, part, valid_from
-- kind:  reference
-- law:   ПП РФ 442 п. 81, 82
select
    payment_schedule::payment_schedule as payment_schedule,
    part::tinyint as part,
    share_pct::integer as share_pct,                    -- null: what the advances have left
    month_offset::integer as month_offset,              -- 0: due in the month itself, 1: in the month after
    due_day::integer as due_day,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    status::value_status as status,
    source
from reference_rows('payment_schedule')
