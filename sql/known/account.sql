-- One row per account: since when it is known.
-- grain: account_number
-- kind:  step
select account_number, min(known_at) as known_at, min(known_period) as known_period
from intake.account_fact
where account_number between getvariable('first_account') and getvariable('last_account')
group by account_number
