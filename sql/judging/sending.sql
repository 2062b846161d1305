-- One row per reading of the open months, as sent: a table of its own, so that whoever joins it is not misled about its size.
-- grain: reading_id
-- kind:  step
-- law:   decision 9: only whole kWh are billed
select *, received_at::date as received_on, floor(value)::bigint as register
from intake.reading_fact
where
    account_number between getvariable('first_account') and getvariable('last_account')
    and known_period > (select sealed_period from replay.bounds)
