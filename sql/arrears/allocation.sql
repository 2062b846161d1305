-- One row per allocation of an account's money to its debts: the one that holds (31.12.9999), and one for each closing in disorder.
-- grain: account_number, known_through
-- kind:  step
select account_number, date '9999-12-31' as known_through from arrears.late_account
union all
select account_number, closing as known_through
from arrears.disorder
where closing > (select sealed_period from replay.bounds)
