-- Month by month, the postings of charges, corrections and payments are what the lines and the posted payments add up to.
-- asset:    ledger.posting
-- severity: error
with posted as (
    select
        posting_period,
        sum(amount_kopecks) filter (kind in ('charge', 'correction')) as line_kopecks,
        -sum(amount_kopecks) filter (kind = 'payment') as payment_kopecks
    from ledger.posting
    where posting_period > (select sealed_period from replay.bounds)
    group by posting_period
),

lines as (
    select posting_period, sum(amount_kopecks) as kopecks from ledger.charge_line group by posting_period
),

payments as (
    select posting_period, sum(amount_kopecks) as kopecks from ledger.payment where status = 'posted' group by posting_period
)

select posted.posting_period, posted.line_kopecks, lines.kopecks, posted.payment_kopecks, payments.kopecks as paid_kopecks
from posted
left join lines on lines.posting_period = posted.posting_period
left join payments on payments.posting_period = posted.posting_period
where
    coalesce(posted.line_kopecks, 0) <> coalesce(lines.kopecks, 0)
    or coalesce(posted.payment_kopecks, 0) <> coalesce(payments.kopecks, 0)
