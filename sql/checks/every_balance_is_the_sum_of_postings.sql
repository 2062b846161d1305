-- The newest balance of every account is the sum of everything ever posted to it.
-- asset:    marts.account_month
-- severity: error
with newest as (
    select account_number, closing_kopecks
    from marts.account_month
    where period = (select open_period from replay.bounds)
),

posted as (
    select account_number, sum(amount_kopecks)::bigint as amount_kopecks from ledger.posting group by account_number
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
