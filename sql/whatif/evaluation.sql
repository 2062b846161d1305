-- One row per account and month that is charged: reckoned by what the newest run knows.
-- Parameters: first_period, last_period.
select distinct lines.account_number, lines.service_period, bounds.open_period as closing
from snapshot.ledger.charge_line as lines
cross join snapshot.replay.bounds as bounds
where
    lines.service_period between $first_period and $last_period
    and lines.account_number between getvariable('first_account') and getvariable('last_account')
