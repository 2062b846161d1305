-- One row per sum that pays debts: a payment, what a correction took off, an advance the account came with.
-- grain: account_number, paid_on, turn, source_file_id, source_line, posting_period
-- kind:  step
-- law:   decision 15: payments pay in the order of their day, of what was known first, of file and line (file ids grow with known_at);
--        of one day's money the advance brought along comes first, then what corrections took off (`turn`)
-- Of accounts that are behind, from the month on that arrears.behind lays out, and as one sum what they had paid ahead by then; of others,
-- only what months that are still open learned of.
with bounds as (
    select sealed_period + interval 1 month as first_open_period from replay.bounds
)

select
    payments.account_number,
    payments.paid_on,
    2 as turn,
    payments.source_file_id,
    payments.source_line,
    payments.posting_period,
    payments.cancelled_period,             -- the closing from which a decision makes it no money here
    -- What names a debt that is settled, and so not laid out, pays as if it named none.
    case when payments.named_period >= behind.from_period then payments.named_period end as named_period,
    payments.amount_kopecks as kopecks
from arrears.posted_payment as payments
left join arrears.behind as behind on behind.account_number = payments.account_number
where
    payments.status = 'posted' and payments.amount_kopecks > 0
    and payments.posting_period >= coalesce(behind.from_period, (select first_open_period from bounds))
union all
select billed.account_number, last_day(billed.posting_period), 1, 0, 0, billed.posting_period, null, null, billed.credit_kopecks
from arrears.billed as billed
left join arrears.behind as behind on behind.account_number = billed.account_number
where
    billed.credit_kopecks > 0
    and billed.posting_period >= coalesce(behind.from_period, (select first_open_period from bounds))
union all
select debts.account_number, debts.posting_period, 0, debts.source_file_id, debts.source_line, debts.posting_period, null, null, -debts.amount_kopecks
from ledger.opening_debt as debts
inner join arrears.behind as behind
    on behind.account_number = debts.account_number and behind.from_period <= debts.posting_period
where
    debts.account_number between getvariable('first_account') and getvariable('last_account')
    and debts.amount_kopecks < 0
union all
select account_number, from_period - 1, 0, 0, 0, (from_period - interval 1 month)::date, null, null, -brought_kopecks
from arrears.behind
where brought_kopecks < 0
