-- One row per account with a debt that may bear penalty at a closing still open, or for which closed months may have posted another one.
-- grain: account_number
-- kind:  step
-- Only these need their debts and money from the first day on: everywhere else closed months left nothing old enough to cost anything.
with bounds as (
    select
        replay.bounds.sealed_period,
        last_day(replay.bounds.sealed_period) as sealed_through,
        replay.bounds.is_reckoned_otherwise,
        young.from_period as young_from,
        young.fresh_from_period as fresh_from,
        young.bears_from
    from replay.bounds
    cross join arrears.young as young
),

months as (
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
    from ledger.payment
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and status = 'posted'
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
)

-- By other rules or reference data any closed month may have posted another penalty; and where months that are still open brought
-- bills that bear one already, closed months do not tell. Else every open month is a young one, which the rules below rely on.
select accounts.account_number
from known.account as accounts
cross join bounds
where bounds.is_reckoned_otherwise or bounds.young_from > bounds.sealed_period + interval 1 month
union
-- What fell due first is paid first: where less is owed than the young bills, nothing else is. So it was at the last closing, or has
-- been since; but then no older bill may have borne penalty by that closing.
select months.account_number
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
union
-- A name leads money past older debts, or lets it wait where the month has no bill.
select payments.account_number
from payments
left join months
    on months.account_number = payments.account_number
    and months.period = payments.named_period
    and months.billed_kopecks > 0
cross join bounds
where
    payments.named_period is not null
    and (months.account_number is null or payments.named_period >= bounds.young_from)
union
-- Paid in a closed month and known only now: debts that bore penalty may have been paid earlier than was thought.
select payments.account_number
from payments
semi join closed.penalty_line as penalties on penalties.account_number = payments.account_number
cross join bounds
where payments.posting_period > bounds.sealed_period and payments.paid_on <= bounds.sealed_through
union
-- Taken away by a decision of an open month, it pays none of what closed months thought it paid.
select payments.account_number
from payments
cross join bounds
where payments.cancelled_period > bounds.sealed_period
union
-- A debt brought in falls due by its own month, however young the month that learned of it.
select debts.account_number
from ledger.opening_debt as debts
cross join bounds
where
    debts.account_number between getvariable('first_account') and getvariable('last_account')
    and debts.posting_period >= bounds.young_from
