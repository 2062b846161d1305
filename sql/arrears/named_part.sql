-- One row per allocation and sum that names a debt while an earlier one stands open, and does not pay both: what it pays of the named one.
-- grain: account_number, known_through, money_no
-- kind:  step
-- law:   ГК РФ ст. 319.1 п. 1: what the payer names is paid first
with named as (
    select
        payments.account_number,
        payments.known_through,
        payments.money_no,
        debts.debt_no,
        debts.kopecks as owed_kopecks,
        payments.kopecks,
        sum(payments.kopecks) over (
            partition by payments.account_number, payments.known_through, debts.debt_no
            order by payments.money_no
            rows unbounded preceding
        ) as kopecks_through
    from arrears.payment as payments
    inner join arrears.debt as debts
        on debts.account_number = payments.account_number
        and debts.known_through = payments.known_through
        and debts.debt_no = payments.named_debt_no
    where
        payments.paid_before < debts.owed_before
        and payments.paid_before + payments.kopecks < debts.owed_before + debts.kopecks
)

select
    account_number,
    known_through,
    money_no,
    debt_no,
    (least(kopecks_through, owed_kopecks) - least(kopecks_through - kopecks, owed_kopecks))::bigint as kopecks
from named
