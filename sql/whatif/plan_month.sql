-- One row per month of the account: its energy, what it was charged, and what the plan under way would charge; kopecks.
-- Parameters: first_period, last_period.
with posted as (
    select service_period, sum(kwh)::bigint as kwh, sum(amount_kopecks)::bigint as posted_kopecks
    from snapshot.ledger.charge_line
    where
        service_period between $first_period and $last_period
        and account_number between getvariable('first_account') and getvariable('last_account')
    group by service_period
),

proposed as (
    select service_period, sum(amount_kopecks)::bigint as proposed_kopecks
    from rating.target_line
    group by service_period
)

select
    posted.service_period as period,
    posted.kwh,
    posted.posted_kopecks,
    coalesce(proposed.proposed_kopecks, 0)::bigint as proposed_kopecks
from posted
left join proposed on proposed.service_period = posted.service_period
order by posted.service_period
