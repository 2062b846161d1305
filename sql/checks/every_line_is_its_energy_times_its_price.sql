-- A line charged in its own month is kWh × price rounded once, half away from zero, to the kopeck.
-- asset:    ledger.charge_line
-- severity: error
select account_number, service_period, meter_serial, zone, band, kwh, price_rub_per_kwh, amount_kopecks
from ledger.charge_line
where
    posting_period > (select sealed_period from replay.bounds)
    and service_period = posting_period
    and amount_kopecks <> round(kwh * price_rub_per_kwh * 100)::bigint
