-- One row per account and month, thirteen months to the statement's: energy charged.
-- params: $period; $accounts
select account_number, period, kwh
from account_month
where
    account_number in (select unnest($accounts::bigint []))
    and period between $period::date - interval 12 month and $period::date
order by account_number, period
