-- One row per evaluation and point: the prices of its month that are not hourly, in 10⁻⁵ rub/MWh (power: rub/MW); null where not known.
-- grain: contract_number, point_code, service_period, closing
-- kind:  step
-- law:   the network by voltage and variant, the mark-up by power group, VAT by the day of supply
select
    months.contract_number,
    months.point_code,
    months.service_period,
    months.closing,
    months.price_category,
    months.network_variant,
    market.average_e5,
    market.alpha_capacity_e5,
    market.capacity_e5,
    market.other_e5,
    market.zone_prices,
    (market.markups[months.power_group::varchar] * 100000)::bigint as markup_e5,
    network.energy_e5 as network_e5,
    network.capacity_e5 as network_capacity_e5,
    flat.energy_e5 as flat_network_e5
from business_step.point_month as months
left join business_step.month_price as market
    on market.service_period = months.service_period
    and market.known_from <= months.closing and months.closing < market.known_to
left join business_step.network_price as network
    on network.voltage = months.voltage
    and network.variant = months.network_variant
    and network.valid_from <= months.service_period and months.service_period < network.valid_to
    and network.known_from <= months.closing and months.closing < network.known_to
left join business_step.network_price as flat
    on flat.voltage = months.voltage
    and flat.variant = 'one_rate'
    and flat.valid_from <= months.service_period and months.service_period < flat.valid_to
    and flat.known_from <= months.closing and months.closing < flat.known_to
