-- One row per debt (долг) that stands open now: the bill of a month, or what the account came with for a period.
-- grain: account_number, period, kind
-- kind:  table
-- Principal alone; penalty is paid after it and is no debt of its own.
with named as (
    select distinct account_number from arrears.named_part where known_through = date '9999-12-31'
),

-- Where money names periods, what is open is known debt by debt.
laid_out as (
    select
        debts.account_number,
        debts.period,
        debts.kind,
        debts.due_on,
        debts.kopecks,
        debts.kopecks - coalesce(sum(parts.kopecks), 0)::bigint as open_kopecks
    from arrears.debt as debts
    semi join named on named.account_number = debts.account_number
    left join arrears.part as parts
        on parts.account_number = debts.account_number
        and parts.known_through = debts.known_through
        and parts.debt_no = debts.debt_no
    where debts.known_through = date '9999-12-31'
    group by debts.account_number, debts.period, debts.kind, debts.due_on, debts.kopecks
),

-- Elsewhere what fell due first is paid first: sums through each debt say what of it is open.
in_turn as (
    select
        debts.account_number,
        debts.period,
        debts.kind,
        debts.due_on,
        debts.kopecks,
        least(debts.kopecks, debts.owed_before + debts.kopecks - coalesce(paid.kopecks, 0))::bigint as open_kopecks
    from arrears.debt as debts
    anti join named on named.account_number = debts.account_number
    left join (
        select account_number, sum(kopecks)::bigint as kopecks
        from arrears.payment
        where known_through = date '9999-12-31'
        group by account_number
    ) as paid on paid.account_number = debts.account_number
    where debts.known_through = date '9999-12-31'
),

-- Who was never late has nothing open that is older than the free days is open: the balance lies on the newest debts.
moved as (
    select account_number, principal_kopecks as kopecks
    from closed.account_month
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and period = (select sealed_period from replay.bounds)
        and account_number not in (select account_number from arrears.behind)
    union all
    select account_number, kopecks
    from arrears.owed
    where
        posting_period > (select sealed_period from replay.bounds)
        or account_number in (select account_number from arrears.behind)
    union all
    select account_number, -kopecks as kopecks from arrears.money
),

balance as (
    select moved.account_number, sum(moved.kopecks)::bigint as kopecks
    from moved
    anti join arrears.late_account as late on late.account_number = moved.account_number
    group by moved.account_number
    having sum(moved.kopecks) > 0
),

newest as (
    select
        owed.account_number,
        owed.period,
        owed.kind,
        terms.due_on,
        owed.kopecks,
        balance.kopecks as balance_kopecks,
        sum(owed.kopecks) over (
            partition by owed.account_number order by owed.period desc, owed.kind desc rows unbounded preceding
        ) - owed.kopecks as newer_kopecks
    from arrears.owed as owed
    inner join balance on balance.account_number = owed.account_number
    inner join arrears.term as terms
        on terms.service_period = owed.period
        and (terms.bears_from is null or terms.bears_from > (select as_of::date from replay.bounds))
),

open_now as (
    select * from laid_out
    union all
    select * from in_turn
    union all
    select
        account_number,
        period,
        kind,
        due_on,
        kopecks,
        greatest(least(kopecks, balance_kopecks - newer_kopecks), 0)::bigint as open_kopecks
    from newest
)

select account_number, period, kind, due_on, kopecks as amount_kopecks, kopecks - open_kopecks as paid_kopecks, open_kopecks
from open_now
where open_kopecks > 0
order by account_number, due_on
