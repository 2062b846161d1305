-- One row per sum that pays debts: a payment, what a correction took off, an advance the account came with.
-- grain: account_number, paid_on, turn, source_file_id, source_line, posting_period
-- kind:  step
-- law:   decision 15: payments pay in the order of their day, of what was known first, of file and line (file ids grow with known_at);
--        of one day's money the advance brought along comes first, then what corrections took off (`turn`)
-- Of accounts that are not behind (arrears.behind), only what months that are still open learned of.
with bounds as (
    select sealed_period from replay.bounds
)

select
    account_number,
    paid_on,
    2 as turn,
    source_file_id,
    source_line,
    posting_period,
    cancelled_period,                      -- the closing from which a decision makes it no money here
    named_period,
    amount_kopecks as kopecks
from ledger.payment
where
    account_number between getvariable('first_account') and getvariable('last_account')
    and status = 'posted' and amount_kopecks > 0
    and (
        posting_period > (select sealed_period from bounds)
        or account_number in (select account_number from arrears.behind)
    )
union all
select account_number, last_day(posting_period), 1, 0, 0, posting_period, null, null, credit_kopecks
from arrears.billed
where
    credit_kopecks > 0
    and (
        posting_period > (select sealed_period from bounds)
        or account_number in (select account_number from arrears.behind)
    )
union all
select account_number, posting_period, 0, source_file_id, source_line, posting_period, null, null, -amount_kopecks
from ledger.opening_debt
where
    account_number between getvariable('first_account') and getvariable('last_account')
    and amount_kopecks < 0
    and account_number in (select account_number from arrears.behind)
