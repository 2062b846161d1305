-- One row per month, epoch of knowledge, category, plan, zone and band: the price of a kWh, in ten-thousandths of a ruble, with the
-- decree behind it.
-- grain: period, epoch, category, zone_plan, zone, band
-- kind:  step
select
    epochs.period,
    epochs.epoch,
    rates.category,
    rates.zone_plan,
    rates.zone,
    rates.band,
    (rates.price_rub_per_kwh * 10000)::bigint as price_e4,
    rates.price_rub_per_kwh,
    rates.status,
    sources.source_id
from rating.epoch as epochs
inner join reference.tariff_rate as rates
    on rates.valid_from <= epochs.period and epochs.period < rates.valid_to
    and rates.known_from <= epochs.epoch and epochs.epoch < rates.known_to
inner join reference.source as sources on sources.source = rates.source
