-- One row per allocation in which other money came to a debt before the money that names it, or a name passes over what is left open.
-- grain: account_number, known_through
-- kind:  step
select distinct payments.account_number, payments.known_through
from arrears.free_payment as payments
inner join arrears.free_debt as debts
    on debts.account_number = payments.account_number
    and debts.known_through = payments.known_through
    and debts.debt_no = payments.named_debt_no
where
    case
        when payments.leads_past_open_debts then debts.owed_before < payments.paid_before
        else
            payments.paid_before < debts.owed_before
            and payments.paid_before + payments.kopecks < debts.owed_before + debts.kopecks
    end
