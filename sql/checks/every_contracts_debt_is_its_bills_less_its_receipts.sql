-- A contract's open bills, less its money that pays none, are its bills less its receipts: nothing is credited twice or lost.
-- asset:    business.debt
-- severity: error
-- What is asked for in advance of a bill is no bill yet, and money that paid it is an advance.
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
    select contract_number, sum(kopecks)::bigint as kopecks
    from (
        -- The bill of the month that runs is not asked for yet.
        select contract_number, total_kopecks as kopecks
        from business.bill
        where period < (select open_period from replay.bounds)
        union all
        select contract_number, -amount_kopecks from business.receipt where status = 'credited' and cancelled_period is null
    )
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
