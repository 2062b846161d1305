-- One row per month of a contract, newest first: how its balance moved; below zero is an advance.
-- grain:  period
-- params: contract, since
select period, opening_kopecks, charged_kopecks, penalty_kopecks, paid_kopecks, closing_kopecks
from business_balance
where contract_number = $contract and period >= $since
order by period desc
