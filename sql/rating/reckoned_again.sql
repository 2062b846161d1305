-- One row per account and service period that this replay reckons at more than one closing, or that closed months have reckoned before.
-- grain: account_number, service_period
-- kind:  step
select account_number, service_period
from rating.evaluation
group by account_number, service_period
having count(*) > 1 or service_period <= (select sealed_period from replay.bounds)
