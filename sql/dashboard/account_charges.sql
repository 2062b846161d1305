-- One row per line charged to an account, newest first: the month it pays for, energy, price and how sure that price is.
-- grain:  posting_period, service_period, meter_serial, zone, band, price_rub_per_kwh
-- params: account_number, since
select
    posting_period,
    service_period,
    kind::varchar as kind,
    basis::varchar as basis,
    meter_serial,
    zone::varchar as zone,
    band::varchar as band,
    kwh,
    price_rub_per_kwh,
    amount_kopecks,
    price_status::varchar as price_status,
    limit_status::varchar as limit_status,
    tariff_source
from charge_line
where account_number = $account_number and posting_period >= $since
order by posting_period desc, service_period desc, meter_serial, zone, band
