-- One row: the account's open month, reckoned by what the newest run knows.
-- Parameters: none.
select getvariable('first_account') as account_number, bounds.open_period as service_period, bounds.open_period as closing
from snapshot.replay.bounds as bounds
