-- One row per debt (долг) and month that posted something of it: the bill of a month, or what the account came with for a period.
-- grain: account_number, period, kind, posting_period, cancelled_period
-- kind:  step
-- Of accounts that are behind, from the month on that arrears.behind lays out, and as one debt what they owed before; of others, only those
-- of young bills.
with bills as (
    select account_number, posting_period, null::date as cancelled_period, owed_kopecks
    from arrears.billed
    where owed_kopecks > 0
    union all
    -- Money given back is owed again.
    select payments.account_number, payments.posting_period, payments.cancelled_period, -payments.amount_kopecks
    from arrears.posted_payment as payments
    left join arrears.behind as behind on behind.account_number = payments.account_number
    where
        payments.status = 'posted' and payments.amount_kopecks < 0
        and payments.posting_period >= coalesce(behind.from_period, (select from_period from arrears.young))
    union all
    select account_number, (from_period - interval 1 month)::date, null, brought_kopecks
    from arrears.behind
    where brought_kopecks > 0
)

select
    account_number,
    posting_period as period,
    'bill'::debt_kind as kind,
    posting_period,
    cancelled_period,                      -- the closing from which a decision makes it nothing owed
    sum(owed_kopecks)::bigint as kopecks
from bills
group by account_number, posting_period, cancelled_period
union all
select debts.account_number, debts.service_period, 'opening'::debt_kind, debts.posting_period, null, sum(debts.amount_kopecks)::bigint
from ledger.opening_debt as debts
inner join arrears.behind as behind
    on behind.account_number = debts.account_number and behind.from_period <= debts.posting_period
where
    debts.account_number between getvariable('first_account') and getvariable('last_account')
    and debts.amount_kopecks > 0
group by debts.account_number, debts.service_period, debts.posting_period
