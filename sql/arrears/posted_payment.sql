-- One row per payment posted to an account of the bucket, a refund or what a decision takes back among them (`ledger.payment`).
-- grain: account_number, posting_period, source_file_id, source_line, cancelled_period, amount_kopecks
-- kind:  step
-- Looked at by many of the next: here it is looked up once.
select account_number, paid_on, posting_period, cancelled_period, named_period, amount_kopecks, status, source_file_id, source_line
from ledger.payment
where account_number between getvariable('first_account') and getvariable('last_account')
