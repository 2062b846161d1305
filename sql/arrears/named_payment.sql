-- One row per account and month that a payment of it names.
-- grain: account_number, named_period
-- kind:  step
-- Few payments do: what is asked of all payments so far each night (arrears.behind) is asked of these alone.
select distinct account_number, named_period
from arrears.posted_payment
where status = 'posted' and named_period is not null
