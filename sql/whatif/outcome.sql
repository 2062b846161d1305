-- One row per account: what its months were charged, and what the proposal would charge; kopecks.
-- Parameters: first_period, last_period.
with posted as (
    select account_number, sum(kwh)::bigint as kwh, sum(amount_kopecks)::bigint as posted_kopecks
    from snapshot.ledger.charge_line
    where
        posting_period >= $first_period
        and service_period between $first_period and $last_period
        and account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number
),

proposed as (
    select account_number, sum(amount_kopecks)::bigint as proposed_kopecks
    from rating.target_line
    group by account_number
),

places as (
    select account_number, district, category
    from known.account_version
    where
        known_to = date '9999-12-31'
        and from_period <= (select open_period from snapshot.replay.bounds)
        and (select open_period from snapshot.replay.bounds) < to_period
)

select
    posted.account_number,
    places.district,
    places.category,
    posted.kwh,
    posted.posted_kopecks,
    coalesce(proposed.proposed_kopecks, 0) as proposed_kopecks
from posted
inner join places on places.account_number = posted.account_number
left join proposed on proposed.account_number = posted.account_number
