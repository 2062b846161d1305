-- What was posted on one debt as penalty is never below zero together, nor are its days, and no penalty stands on an unknown sum.
-- asset:    ledger.penalty_line
-- severity: error
select account_number, debt_period, debt_kind, sum(amount_kopecks) as amount_kopecks, sum(days) as days
from ledger.penalty_line
group by account_number, debt_period, debt_kind
having sum(amount_kopecks) < 0 or sum(days) < 0 or min(base_kopecks) <= 0
