-- One row per line posted in the month, charges first, then corrections of earlier months.
-- params: $period; $accounts
select
    account_number, service_period, kind, meter_serial, zone, band, kwh, price_rub_per_kwh, amount_kopecks, price_status, limit_status
from charge_line
where account_number in (select unnest($accounts::bigint [])) and posting_period = $period::date
order by account_number, kind, service_period, meter_serial, zone, band, price_rub_per_kwh
