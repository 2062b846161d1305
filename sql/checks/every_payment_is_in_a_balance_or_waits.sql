-- Month by month, what was paid is what the balances say was paid; what belongs to no account waits. Not a kopeck is lost.
-- asset:    marts.account_month
-- severity: error
with arrived as (
    select coalesce(sum(amount_kopecks), 0)::bigint as kopecks from intake.payment_fact
),

waiting as (
    select coalesce(sum(amount_kopecks), 0)::bigint as kopecks from ledger.payment where status = 'suspense'
),

paid as (
    select coalesce(sum(paid_kopecks), 0)::bigint as kopecks from marts.account_month
)

select arrived.kopecks as arrived_kopecks, waiting.kopecks as waiting_kopecks, paid.kopecks as paid_kopecks
from arrived, waiting, paid
where arrived.kopecks <> waiting.kopecks + paid.kopecks
