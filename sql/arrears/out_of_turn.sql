-- One row per allocation in which a payment names a debt while an earlier one stands open, and does not pay both.
-- grain: account_number, known_through
-- kind:  step
select distinct payments.account_number, payments.known_through
from arrears.payment as payments
inner join arrears.debt as debts
    on debts.account_number = payments.account_number
    and debts.known_through = payments.known_through
    and debts.debt_no = payments.named_debt_no
where
    payments.paid_before < debts.owed_before
    and payments.paid_before + payments.kopecks < debts.owed_before + debts.kopecks
