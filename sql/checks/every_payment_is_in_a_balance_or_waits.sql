-- Month by month, the payments that arrived are what the balances say was paid; what belongs to no account waits, and no kopeck is lost.
-- asset:    marts.account_month
-- severity: error
with arrived as (
    select posting_period as period, sum(amount_kopecks)::bigint as kopecks
    from ledger.payment
    where status = 'posted'
    group by posting_period
    union all
    -- All there is, posted or waiting, under no month.
    select null as period, coalesce(sum(amount_kopecks), 0)::bigint as kopecks from intake.payment_fact
),

accounted as (
    select period, sum(paid_kopecks)::bigint as kopecks from marts.account_month group by period
    union all
    select
        null as period,
        (select coalesce(sum(paid_kopecks), 0) from marts.account_month)::bigint
        + (select coalesce(sum(amount_kopecks), 0) from ledger.payment where status = 'suspense')::bigint as kopecks
)

select coalesce(arrived.period, accounted.period) as period, arrived.kopecks as arrived_kopecks, accounted.kopecks as accounted_kopecks
from arrived
full outer join accounted on accounted.period is not distinct from arrived.period
where coalesce(arrived.kopecks, 0) <> coalesce(accounted.kopecks, 0)
