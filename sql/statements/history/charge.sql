-- One row per line posted between two months, both in.
-- params: $account; $first; $last
select
    posting_period, service_period, kind, basis, meter_serial, zone, band, kwh, price_rub_per_kwh, amount_kopecks,
    price_status, limit_status, tariff_source
from charge_line
where account_number = $account and posting_period between $first::date and $last::date
order by all
