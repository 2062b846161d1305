-- One row per account with a balance row in the month, of one district or of all.
-- params: $period; $district, null for all
select account_number
from account_month
where period = $period::date and ($district::varchar is null or district = $district::varchar)
order by account_number
