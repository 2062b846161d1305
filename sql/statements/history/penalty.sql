-- One row per penalty posted between two months, both in.
-- params: $account; $first; $last
select
    posting_period, debt_period, due_on, day_from, day_to, days, base_kopecks, fraction_divisor, rate_pct, amount_kopecks
from penalty_line
where account_number = $account and posting_period between $first::date and $last::date
order by all
