-- A contract's open bills, less its money that pays none, are its balance without penalties: nothing is credited twice or lost.
-- asset:    business.debt
-- severity: error
-- What is asked for in advance of a bill is no part of a balance, and money that paid it is an advance there.
with owed as (
    select
        contract_number,
        sum(case when is_billed or part = 9 then open_kopecks else -paid_kopecks end)::bigint as kopecks
    from business.debt
    group by contract_number
),

-- Of each sum, what pays nothing; of a month that took back more than it charged, the same.
free as (
    select contract_number, sum(kopecks)::bigint as kopecks
    from (
        select contract_number, kopecks from business_step.money where cancelled_period is null
        union all
        select contract_number, -paid_kopecks from business.debt
    )
    group by contract_number
),

balances as (
    -- The bill of the month that runs is not asked for yet.
    select
        contract_number,
        sum(case when period < bounds.open_period then charged_kopecks else 0 end - paid_kopecks)::bigint as kopecks
    from business.balance
    cross join replay.bounds as bounds
    group by contract_number
)

select
    contract_number,
    coalesce(owed.kopecks, 0) - coalesce(free.kopecks, 0) as owed_kopecks,
    coalesce(balances.kopecks, 0) as balance_kopecks
from owed
full outer join free using (contract_number)
full outer join balances using (contract_number)
where coalesce(owed.kopecks, 0) - coalesce(free.kopecks, 0) <> coalesce(balances.kopecks, 0)
