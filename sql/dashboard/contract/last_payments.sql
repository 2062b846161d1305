-- One row per sum credited to a contract on the last day it paid anything; none where the INN is another's.
-- grain:  amount_kopecks
-- params: contract, inn
select distinct amount_kopecks
from receipt
where
    contract_number = $contract
    and contract_number in (
        select contract_number from business_contract where inn = $inn and valid_until = date '9999-12-31'
    )
    and status = 'credited'
    and cancelled_period is null
    and amount_kopecks > 0
qualify paid_on = max(paid_on) over ()
