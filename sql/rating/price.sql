-- One row per month, category, plan, zone and band: the price of a kWh, in ten-thousandths of a ruble, with the decree behind it.
-- grain: period, category, zone_plan, zone, band
-- kind:  step
select
    months.period,
    rates.category,
    rates.zone_plan,
    rates.zone,
    rates.band,
    (rates.price_rub_per_kwh * 10000)::bigint as price_e4,
    rates.price_rub_per_kwh,
    rates.status,
    sources.source_id
from rating.month as months
inner join reference.tariff_rate as rates on rates.valid_from <= months.period and months.period < rates.valid_to
inner join reference.source as sources on sources.source = rates.source
