-- One row per evaluation, plan and component of what deviations of categories 5 and 6 cost; point_code null: a plan of the contract.
-- grain: contract_number, point_code, service_period, closing, component
-- kind:  step
-- law:   RULES.md 10: Σ max(0, F−L)·u + Σ max(0, L−F)·d + A·ΣL + B·Σ|F−L|, A and B with their sign
select
    sums.contract_number,
    sums.point_code,
    sums.service_period,
    sums.closing,
    'hours'::volume_basis as basis,
    'all'::zone as zone,
    parts.component,
    case parts.component
        when 'deviation_up' then sums.up_kwh
        when 'deviation_down' then sums.down_kwh
        when 'deviation_a' then sums.plan_kwh
        else sums.up_kwh + sums.down_kwh
    end as kwh,
    null::bigint as watts,
    case parts.component when 'deviation_a' then market.a_e5 when 'deviation_b' then market.b_e5 end as price_e5,
    case parts.component when 'deviation_up' then sums.up_cost when 'deviation_down' then sums.down_cost end as hourly_cost
from business_step.deviation_sum as sums
inner join business_step.month_price as market
    on market.service_period = sums.service_period
    and market.known_from <= sums.closing and sums.closing < market.known_to
cross join (select unnest(['deviation_up', 'deviation_down', 'deviation_a', 'deviation_b']) as component) as parts
