-- One row per penalty rate, percent a year, and stretch of time, the latest first.
-- grain:  valid_from
-- params: none
select rate_pct, valid_from, valid_to, status::varchar as status, source
from penalty_rate
order by valid_from desc
