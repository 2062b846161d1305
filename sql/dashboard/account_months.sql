-- One row per month of an account, oldest first: how its balance moved.
-- grain:  period
-- params: account_number, since
select
    period,
    opening_kopecks,
    charged_kopecks,
    corrected_kopecks,
    penalty_kopecks,
    paid_kopecks,
    closing_kopecks,
    kwh
from account_month
where account_number = $account_number and period >= $since
order by period
