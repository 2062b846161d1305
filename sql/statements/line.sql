-- One row per line charged for the month itself.
-- params: $period; $accounts
select
    account_number, basis, meter_serial, zone, band, kwh, price_rub_per_kwh, amount_kopecks, price_status, limit_status
from charge_line
where
    account_number in (select unnest($accounts::bigint [])) and posting_period = $period::date and kind = 'charge'
order by account_number, meter_serial, zone, band, price_rub_per_kwh
