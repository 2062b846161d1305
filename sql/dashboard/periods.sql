-- One row per month that has balances, newest first: what the period selector offers.
-- grain:  period
-- params: none
select distinct period
from branch_month
order by period desc
