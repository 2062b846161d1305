-- One row per rule of how months of businesses are closed and prepaid.
-- grain: valid_from
-- kind:  reference
-- law:   ПП РФ 442: limit prices are published within 15 days after the period (RULES.md 10), so its closing waits for them
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    closing_day::integer as closing_day,                -- 00:00 of this day of the next month is the cutoff of a closing
    advance_divisor::decimal(9, 6) as advance_divisor,  -- energy of an unknown month: maximum power ÷ this, 1/h
    status::value_status as status,
    source
from reference_rows('business_rule')
