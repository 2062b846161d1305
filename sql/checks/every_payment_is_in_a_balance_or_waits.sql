-- Month by month, the payments that arrived are what the balances say was paid; what belongs to no account waits, and no kopeck is lost.
-- asset:    marts.account_month
-- severity: error
with arrived as (
    select posting_period as period, sum(amount_kopecks)::bigint as kopecks
    from ledger.payment
    where account_number is not null
    group by posting_period
    union all
    -- All there is, posted or waiting, under no month.
    select
        null as period,
        (select coalesce(sum(amount_kopecks), 0) from intake.payment_fact)::bigint
        -- What was taken back is no money any more; what was moved comes back on another account.
        - (
            select coalesce(sum(payments.amount_kopecks), 0)
            from intake.payment_fact as payments
            semi join (select payment_id from ledger.payment_decision where is_reversed) as reversed
                on reversed.payment_id = payments.payment_id
        )::bigint as kopecks
),

accounted as (
    select period, sum(paid_kopecks)::bigint as kopecks from marts.account_month group by period
    union all
    select
        null as period,
        (select coalesce(sum(paid_kopecks), 0) from marts.account_month)::bigint
        + (select coalesce(sum(amount_kopecks), 0) from ledger.payment where account_number is null)::bigint as kopecks
)

select coalesce(arrived.period, accounted.period) as period, arrived.kopecks as arrived_kopecks, accounted.kopecks as accounted_kopecks
from arrived
full outer join accounted on accounted.period is not distinct from arrived.period
where coalesce(arrived.kopecks, 0) <> coalesce(accounted.kopecks, 0)
