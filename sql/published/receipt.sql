-- One row per document of a bank statement that may pay a contract, and contract that held it; what waits, with its clock.
select
    receipts.*,
    case
        when receipts.status = 'suspense'
            then date_diff('day', receipts.waits_since, timezone('Europe/Moscow', bounds.as_of)::date)
    end as waits_days
from business.receipt as receipts
cross join replay.bounds as bounds
