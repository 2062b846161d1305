-- File by file, every payment that arrived is posted once or waits in suspense; not a kopeck is lost.
-- asset:    ledger.payment
-- severity: error
with arrived as (
    select source_file_id, count(*) as payments, sum(amount_kopecks) as kopecks, sum(payment_id) as identity
    from intake.payment_fact
    group by source_file_id
),

posted as (
    select source_file_id, count(*) as payments, sum(amount_kopecks) as kopecks, sum(payment_id) as identity
    from ledger.payment
    group by source_file_id
)

select
    coalesce(arrived.source_file_id, posted.source_file_id) as source_file_id,
    arrived.payments as arrived,
    posted.payments as posted,
    arrived.kopecks as arrived_kopecks,
    posted.kopecks as posted_kopecks
from arrived
full outer join posted on posted.source_file_id = arrived.source_file_id
where
    arrived.payments is distinct from posted.payments
    or arrived.kopecks is distinct from posted.kopecks
    or arrived.identity is distinct from posted.identity
