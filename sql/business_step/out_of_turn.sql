-- One row per contract and closing in which a sum names a month that would get less of it in turn.
-- grain: contract_number, closing
-- kind:  step
with named as (
    select
        payments.contract_number,
        payments.closing,
        payments.kopecks,
        -- What is open of the month when all before it was paid in turn, and what of the sum it would get.
        sum(greatest(debts.owed_before + debts.kopecks - greatest(debts.owed_before, payments.paid_before), 0)) as open_kopecks,
        sum(greatest(
            least(debts.owed_before + debts.kopecks, payments.paid_before + payments.kopecks)
            - greatest(debts.owed_before, payments.paid_before),
            0
        )) as paid_kopecks
    from business_step.paying as payments
    inner join business_step.owed as debts
        on debts.contract_number = payments.contract_number
        and debts.closing = payments.closing
        and debts.period = payments.named_period
    group by payments.contract_number, payments.closing, payments.money_no, payments.kopecks
)

select distinct contract_number, closing
from named
where paid_kopecks <> least(kopecks, open_kopecks)
