-- One row per payment posted in another month than that its file came in: the account was not known yet, or a decision led it there.
-- kind: table
-- All others of a month lie in the files of that month.
select payments.*
from ledger.payment as payments
inner join intake.source_file as files on files.source_file_id = payments.source_file_id
where payments.posting_period <> files.known_period
order by payments.posting_period, payments.payment_id
