-- One row per month with a balance, between two months, both in.
-- params: $account; $first; $last
select period, kwh, opening_kopecks, charged_kopecks, corrected_kopecks, penalty_kopecks, paid_kopecks, closing_kopecks
from account_month
where account_number = $account and period between $first::date and $last::date
order by period
