-- One row per debt (or, below zero, advance) by service period that an account brought with it, in the month that learned both.
-- grain: source_file_id, source_line
-- kind:  view
select
    debts.account_number,
    debts.service_period,
    greatest(debts.known_period, accounts.known_period) as posting_period,
    debts.amount_kopecks,
    debts.source_file_id,
    debts.source_line
from intake.opening_debt_fact as debts
inner join (
    select account_number, min(known_period) as known_period from intake.account_fact group by account_number
) as accounts on accounts.account_number = debts.account_number
