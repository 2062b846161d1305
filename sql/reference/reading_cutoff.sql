-- One row per rule on the last day of a month through which a reading counts for that month.
-- grain: valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    last_day_of_month_counted::integer as last_day_of_month_counted,
    status::value_status as status,
    source
from reference_rows('reading_cutoff')
