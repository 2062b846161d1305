-- One row per line that the month's closing would post to the account, corrections of earlier months among them.
-- params: $account, $period
select
    service_period,
    kind::varchar as kind,
    basis::varchar as basis,
    zone::varchar as zone,
    band::varchar as band,
    kwh,
    price_rub_per_kwh,
    amount_kopecks
from ledger.charge_line
where account_number = $account and posting_period = $period
order by service_period desc, meter_serial, zone, band, kind, basis, kwh
