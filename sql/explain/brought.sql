-- Debts and advances the account came with that became known in one month. Parameters: account, period.
select debts.service_period, debts.amount_kopecks, files.name as file_name, files.sha256, debts.source_line
from ledger.opening_debt as debts
inner join intake.source_file as files on files.source_file_id = debts.source_file_id
where debts.account_number = $account and debts.posting_period = $period
order by debts.service_period, debts.source_file_id, debts.source_line
