-- The balance of one account over one month. Parameters: account, period.
select opening_kopecks, charged_kopecks, corrected_kopecks, penalty_kopecks, paid_kopecks, closing_kopecks, kwh
from marts.account_month
where account_number = $account and period = $period
