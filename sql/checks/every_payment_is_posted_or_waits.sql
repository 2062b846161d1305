-- Every payment that arrived is posted once or waits in suspense; not a kopeck is lost.
-- asset:    ledger.payment
-- severity: error
select
    coalesce(facts.payment_id, posted.payment_id) as payment_id,
    facts.amount_kopecks as arrived_kopecks,
    posted.amount_kopecks as posted_kopecks
from (
    select payment_id, amount_kopecks from intake.payment_fact where known_period > (select sealed_period from replay.bounds)
) as facts
left join (select payment_id, sum(amount_kopecks) as amount_kopecks from ledger.payment group by payment_id) as posted
    on posted.payment_id = facts.payment_id
where posted.amount_kopecks is distinct from facts.amount_kopecks
