-- One row per evaluation of a service period that this replay reckons after its own closing, and the evaluation after it.
-- grain: account_number, service_period, closing
-- kind:  step
-- What closed months posted for such a period stands as an evaluation of 1900.
with again as (
    select distinct account_number, service_period from rating.evaluation where service_period < closing
),

moments as (
    select evaluations.account_number, evaluations.service_period, evaluations.closing
    from rating.evaluation as evaluations
    semi join again on again.account_number = evaluations.account_number and again.service_period = evaluations.service_period
    union all
    select account_number, service_period, date '1900-01-01' as closing
    from again
    where service_period <= (select sealed_period from replay.bounds)
)

select
    account_number,
    service_period,
    closing,
    lead(closing) over (partition by account_number, service_period order by closing) as next_closing
from moments
