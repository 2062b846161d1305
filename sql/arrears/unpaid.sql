-- One row per account and period that some closing saw unpaid, it or one before it, when it began to bear penalty.
-- grain: account_number, period
-- kind:  step
-- Only these need their money laid out debt by debt. Everywhere else money covered a debt before it bore penalty, and was known by
-- then; where nobody names a period, what fell due first was paid first, and sums through each period say it all.
with named as (
    select distinct account_number from arrears.money where named_period is not null
),

owed as (
    select account_number, period, kopecks
    from arrears.owed
    where account_number in (select account_number from arrears.behind)
),

money as (
    select * from arrears.money where account_number in (select account_number from arrears.behind)
),

-- The last period that money comes in time for, seen from every closing. Where periods are named, in time is by the due day: then a
-- name never passes over an open debt.
covered as (
    select
        money.account_number,
        case
            when named.account_number is null then greatest(paid.free_period, known_before.free_period)
            else greatest(paid.period, known.period)
        end as period,
        sum(money.kopecks)::bigint as kopecks
    from money
    left join named on named.account_number = money.account_number
    left join arrears.in_time as paid on paid.day = money.paid_on
    left join arrears.in_time as known on known.day = money.posting_period
    left join arrears.in_time as known_before on known_before.day = money.posting_period - 1
    group by all
),

moved as (
    select * from owed
    union all
    select account_number, coalesce(period, date '1900-01-01') as period, -kopecks as kopecks from covered
),

balance as (
    select account_number, period, sum(kopecks) over (partition by account_number order by period) as kopecks from moved
)

select distinct balance.account_number, balance.period
from balance
inner join arrears.term as terms on terms.service_period = balance.period
left join named on named.account_number = balance.account_number
where
    balance.kopecks > 0
    and case when named.account_number is null then terms.bears_from else terms.due_on + 1 end
        <= (select as_of::date from replay.bounds)
