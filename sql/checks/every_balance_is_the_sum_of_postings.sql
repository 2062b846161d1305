-- The newest balance of every account is what it was when the last month closed, and everything posted to it since.
-- asset:    marts.account_month
-- severity: error
with newest as (
    select account_number, closing_kopecks
    from marts.account_month
    where period = (select open_period from replay.bounds)
),

moved as (
    select account_number, closing_kopecks as amount_kopecks
    from marts.account_month
    where period = (select sealed_period from replay.bounds)
    union all
    select account_number, amount_kopecks
    from ledger.posting
    where posting_period > (select sealed_period from replay.bounds)
),

posted as (
    select account_number, sum(amount_kopecks)::bigint as amount_kopecks from moved group by account_number
)

select
    coalesce(newest.account_number, posted.account_number) as account_number,
    newest.closing_kopecks,
    posted.amount_kopecks
from newest
full outer join posted on posted.account_number = newest.account_number
where
    coalesce(newest.closing_kopecks, 0) <> coalesce(posted.amount_kopecks, 0)
    or (newest.account_number is null and exists (select 1 from replay.bounds))
