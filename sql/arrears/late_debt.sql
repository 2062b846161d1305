-- One row per allocation and debt whose payment has to be known part by part, since it may bear penalty.
-- grain: account_number, known_through, debt_no
-- kind:  step
-- Where all closings saw one order, and payments keep to it, the other debts were paid before they bore any (arrears.unpaid).
with in_turn as (
    select late.account_number
    from arrears.late_account as late
    anti join (select account_number from arrears.disorder) as disorder on disorder.account_number = late.account_number
    anti join arrears.named_part as named on named.account_number = late.account_number
    where not late.is_out_of_turn
)

select debts.*
from arrears.debt as debts
left join in_turn on in_turn.account_number = debts.account_number
left join arrears.unpaid as unpaid on unpaid.account_number = debts.account_number and unpaid.period = debts.period
where in_turn.account_number is null or unpaid.account_number is not null
