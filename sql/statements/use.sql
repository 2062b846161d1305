-- One row per account and service period, thirteen months to the statement's: energy of the month, as known at its closing, kWh.
-- params: $period; $accounts
select account_number, service_period as period, sum(kwh)::bigint as kwh
from charge_line
where
    account_number in (select unnest($accounts::bigint []))
    and posting_period <= $period::date
    and service_period between $period::date - interval 12 month and $period::date
group by account_number, service_period
order by account_number, service_period
