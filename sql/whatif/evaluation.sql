-- One row per account and month that is charged: reckoned by what the newest run knows.
-- Parameters: first_period, last_period.
select distinct lines.account_number, lines.service_period, (select open_period from snapshot.replay.bounds) as closing
from snapshot.ledger.charge_line as lines
where
    lines.posting_period >= $first_period
    and lines.service_period between $first_period and $last_period
    and lines.account_number between getvariable('first_account') and getvariable('last_account')
