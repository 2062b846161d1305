-- At most one payment in a hundred waits in suspense; more means that an agent changed its layout.
-- asset:    ledger.payment
-- severity: warn
select agent, count(*) as payments, count_if(status = 'suspense' and cancelled_period is null) as suspense
from ledger.payment
where posting_period > (select sealed_period from replay.bounds) or status = 'suspense'
group by agent
having count_if(status = 'suspense' and cancelled_period is null) * 100 > count(*) and count(*) >= 100
