-- One row per term for planned volumes: so many days before the day of supply, until this hour of Moscow time.
-- grain: valid_from
-- kind:  reference
-- law:   ПП РФ 442 п. 97 (categories 5 and 6 need a plan); the term is by contract, RULES.md 9.4
-- The intake reads the same file: a plan handed in later is refused with a sentence.
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    days_before::integer as days_before,
    until_time::time as until_time,
    status::value_status as status,
    source
from reference_rows('plan_deadline')
