-- One row per debt (долг) and month that posted something of it: the bill of a month, or what the account came with for a period.
-- grain: account_number, period, kind, posting_period, cancelled_period
-- kind:  step
-- Of accounts that are not behind (arrears.behind), only those of young bills.
with bills as (
    select account_number, posting_period, null::date as cancelled_period, owed_kopecks
    from arrears.billed
    where owed_kopecks > 0
    union all
    -- Money given back is owed again.
    select account_number, posting_period, cancelled_period, -amount_kopecks
    from ledger.payment
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and status = 'posted' and amount_kopecks < 0
        and (
            posting_period >= (select from_period from arrears.young)
            or account_number in (select account_number from arrears.behind)
        )
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
select account_number, service_period, 'opening'::debt_kind, posting_period, null, sum(amount_kopecks)::bigint
from ledger.opening_debt
where
    account_number between getvariable('first_account') and getvariable('last_account')
    and amount_kopecks > 0
    and account_number in (select account_number from arrears.behind)
group by account_number, service_period, posting_period
