-- One row per stretch of days of delay of a household and what part of the rate a day costs; null: the day is free.
-- grain:  valid_from, day_from
-- params: none
select day_from, day_to, fraction_divisor, valid_from, valid_to, status::varchar as status, source
from penalty_scale
where customer_kind = 'household'
order by valid_from desc, day_from
