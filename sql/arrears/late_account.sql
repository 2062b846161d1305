-- One row per account that some closing saw with a debt that bears penalty, or whose payments name periods out of turn.
-- grain: account_number
-- kind:  step
-- Only these need their money laid out debt by debt. Everywhere else money covered each debt before it bore penalty, and was known
-- by then; where nobody names a period, what fell due first was paid first, and sums through each period say it all.
with named as (
    select distinct account_number from arrears.money where named_period is not null
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
    from arrears.money as money
    left join named on named.account_number = money.account_number
    left join arrears.in_time as paid on paid.day = money.paid_on
    left join arrears.in_time as known on known.day = money.posting_period
    left join arrears.in_time as known_before on known_before.day = money.posting_period - 1
    group by all
),

moved as (
    select account_number, period, kopecks from arrears.owed
    union all
    select account_number, coalesce(period, date '1900-01-01') as period, -kopecks as kopecks from covered
),

balance as (
    select account_number, period, sum(kopecks) over (partition by account_number order by period) as kopecks from moved
)

select balance.account_number
from balance
inner join arrears.term as terms on terms.service_period = balance.period
left join named on named.account_number = balance.account_number
where
    balance.kopecks > 0
    and case when named.account_number is null then terms.bears_from else terms.due_on + 1 end
        <= (select as_of::date from replay.bounds)
union
-- A period is named in turn when the one before it was due already, and it is owed when the payment is known.
select money.account_number
from arrears.money as money
left join arrears.term as before on before.service_period = money.named_period - interval 1 month
left join (
    select account_number, period, max(posting_period) as posting_period from arrears.owed group by account_number, period
) as owed on owed.account_number = money.account_number and owed.period = money.named_period
where
    money.named_period is not null
    and (owed.posting_period <= money.posting_period and before.due_on < money.paid_on) is not true
union
-- A payment that a decision took away was money to earlier closings.
select account_number from arrears.money where cancelled_period is not null
union
select account_number from arrears.owed where cancelled_period is not null
