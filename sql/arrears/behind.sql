-- One row per account with a debt that may bear penalty at a closing still open, or for which closed months may have posted another one:
-- from which month on its debts and money are laid out, and what it owed before.
-- grain: account_number
-- kind:  step
-- Everywhere else closed months left nothing old enough to cost anything. What fell due first is paid first: so the youngest bills that
-- make up what was owed at the last closing are those still open, and what went before them is a sum. The whole past is laid out only
-- where that may not be so, or where what is known since may change what closed months posted.
with bounds as (
    select
        replay.bounds.sealed_period,
        -- By other rules or reference data any closed month may have posted another penalty; and where months that are still open brought
        -- bills that bear one already, closed months do not tell. Else every open month is a young one, which the rules below rely on.
        replay.bounds.is_reckoned_otherwise or young.from_period > replay.bounds.sealed_period + interval 1 month as is_everyone,
        young.from_period as young_from,
        young.fresh_from_period as fresh_from,
        young.bears_from
    from replay.bounds
    cross join arrears.young as young
),

-- Whoever reads it looks at a few months of many, and need not write down all.
months as not materialized (
    select account_number, period, principal_kopecks, greatest(charged_kopecks, 0) + greatest(corrected_kopecks, 0) as billed_kopecks
    from closed.account_month
    where account_number between getvariable('first_account') and getvariable('last_account')
),

-- At the least: a month may have posted more new debts than its sums show.
billed as (
    select
        account_number,
        sum(billed_kopecks) filter (where period >= (select young_from from bounds))::bigint as young_kopecks,
        sum(billed_kopecks)::bigint as fresh_kopecks
    from months
    where period >= (select fresh_from from bounds)
    group by account_number
),

payments as (
    select account_number, paid_on, posting_period, named_period, cancelled_period, amount_kopecks
    from arrears.posted_payment
    where status = 'posted'
),

-- Known since the last closing, and paid before any bill of closed months began to bear penalty that had not by then.
paid_since as (
    select payments.account_number, sum(payments.amount_kopecks)::bigint as kopecks
    from payments
    cross join bounds
    where
        payments.amount_kopecks > 0
        and payments.posting_period > bounds.sealed_period
        and payments.posting_period <= bounds.bears_from
        and payments.paid_on < bounds.bears_from
    group by payments.account_number
),

-- Where less is owed than the young bills, nothing else is. So it was at the last closing, or has been since; but then no older bill may
-- have borne penalty by that closing.
owing as (
    select months.account_number, months.principal_kopecks
    from months
    left join billed on billed.account_number = months.account_number
    left join paid_since on paid_since.account_number = months.account_number
    where
        months.period = (select sealed_period from bounds)
        and months.principal_kopecks > coalesce(billed.young_kopecks, 0)
        and (
            months.principal_kopecks > coalesce(billed.fresh_kopecks, 0)
            or months.principal_kopecks - coalesce(paid_since.kopecks, 0) > coalesce(billed.young_kopecks, 0)
        )
),

-- The newest month since which as much was billed as is owed: its bill, or a later one, is the oldest that may be open.
reaches as (
    select account_number, max(period) as from_period
    from (
        select
            owing.account_number,
            months.period,
            owing.principal_kopecks,
            sum(months.billed_kopecks) over (partition by owing.account_number order by months.period desc) as billed_kopecks
        from owing
        inner join months on months.account_number = owing.account_number
        -- Few owe what was billed before: theirs is the whole past.
        where months.period > (select sealed_period - interval 24 month from bounds)
    )
    where billed_kopecks >= principal_kopecks
    group by account_number
),

whole as (
    select accounts.account_number
    from known.account as accounts
    cross join bounds
    where bounds.is_everyone
    union
    -- More is owed than was billed in all that time, or ever: an old debt, or one it came with.
    select owing.account_number
    from owing
    anti join reaches on reaches.account_number = owing.account_number
    union
    -- A name leads money past older debts, or lets it wait where the month has no bill: of a month that may have been all that was owed at
    -- the last closing, it may have left an older one open.
    select named.account_number
    from arrears.named_payment as named
    left join months
        on months.account_number = named.account_number
        and months.period = named.named_period
        and months.billed_kopecks > 0
    left join reaches on reaches.account_number = named.account_number
    cross join bounds
    where months.account_number is null or named.named_period >= coalesce(reaches.from_period, bounds.fresh_from)
    union
    -- Known later than in its month, it comes before what that month took for money: debts that bore penalty may have been paid earlier
    -- than was thought.
    select payments.account_number
    from payments
    semi join closed.penalty_line as penalties on penalties.account_number = payments.account_number
    cross join bounds
    where payments.posting_period > bounds.sealed_period and payments.paid_on < payments.posting_period
    union
    -- Taken away by a decision of an open month, it pays none of what closed months thought it paid; by one of a month laid out, what was
    -- owed before is no sum that stands.
    select payments.account_number
    from payments
    left join reaches on reaches.account_number = payments.account_number
    cross join bounds
    where payments.cancelled_period >= coalesce(reaches.from_period, bounds.sealed_period + interval 1 month)
    union
    -- A debt brought in falls due by its own month, however young the month that learned of it.
    select debts.account_number
    from ledger.opening_debt as debts
    cross join bounds
    where
        debts.account_number between getvariable('first_account') and getvariable('last_account')
        and debts.posting_period >= bounds.young_from
)

select account_number, date '1900-01-01' as from_period, 0 as brought_kopecks
from whole
union all
select
    reaches.account_number,
    reaches.from_period,
    coalesce(brought.principal_kopecks, 0) as brought_kopecks               -- owed before the first month; below zero: paid ahead
from reaches
anti join whole on whole.account_number = reaches.account_number
left join months as brought
    on brought.account_number = reaches.account_number
    and brought.period = reaches.from_period - interval 1 month
