-- One row per account that some closing saw with a debt that bears penalty, or whose payments name periods out of turn, or whose penalties
-- closed months posted by other rules.
-- grain: account_number
-- kind:  step
with late as (
    select account_number, false as is_out_of_turn from arrears.unpaid
    union all
    -- A period is named in turn when the one before it was due already, and it is owed when the payment is known.
    select money.account_number, true as is_out_of_turn
    from arrears.money as money
    left join arrears.term as before on before.service_period = money.named_period - interval 1 month
    left join (
        select account_number, period, max(posting_period) as posting_period from arrears.owed group by account_number, period
    ) as owed on owed.account_number = money.account_number and owed.period = money.named_period
    where
        money.named_period is not null
        and (owed.posting_period <= money.posting_period and before.due_on < money.paid_on) is not true
    union all
    -- A payment that a decision took away was money to earlier closings.
    select account_number, true as is_out_of_turn from arrears.money where cancelled_period is not null
    union all
    select account_number, true as is_out_of_turn from arrears.owed where cancelled_period is not null
    union all
    select account_number, true as is_out_of_turn
    from closed.penalty_line
    where
        (select is_reckoned_otherwise from replay.bounds)
        and account_number between getvariable('first_account') and getvariable('last_account')
)

select
    account_number,
    bool_or(is_out_of_turn) as is_out_of_turn   -- sums through its periods do not say which debts were paid late
from late
where account_number in (select account_number from arrears.behind)
group by account_number
