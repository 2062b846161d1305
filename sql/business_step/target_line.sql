-- One row per evaluation, point, component, zone and basis: what the facts known at the closing make of the service period.
-- grain: contract_number, point_code, service_period, closing, component, zone, basis
-- kind:  step
-- law:   ПП РФ 442 п. 86–97 (RULES.md 10). A contract whose prices of the month are not all known has no lines yet
-- money: a line is energy (power) × price rounded once, half away from zero; VAT (НДС) of the day of supply on the rounded line
with lines as (
    select * from business_step.flat_line
    union all by name
    select * from business_step.hourly_line
    union all by name
    select * from business_step.deviation_line
),

-- 10⁻⁹ kopecks: kWh × 10⁻⁵ rub/MWh is a thousand of them, W × 10⁻⁵ rub/MW one.
costed as (
    select
        *,
        coalesce(hourly_cost * 1000, coalesce(watts, kwh * 1000)::hugeint * price_e5) as cost_e9
    from lines
),

unpriced as (
    select distinct contract_number, service_period, closing
    from costed
    where cost_e9 is null
),

rounded as (
    select
        costed.*,
        (sign(costed.cost_e9) * ((abs(costed.cost_e9) + 500000000) // 1000000000))::bigint as amount_kopecks,
        vat.rate_pct as vat_pct
    from costed
    anti join unpriced using (contract_number, service_period, closing)
    inner join reference.vat as vat on vat.valid_from <= costed.service_period and costed.service_period < vat.valid_to
)

select
    contract_number,
    point_code,
    service_period,
    closing,
    component::component as component,
    zone,
    basis,
    kwh,
    (watts * 0.001)::decimal(15, 3) as kw,
    -- Of hours, their mean.
    coalesce(price_e5, (sign(hourly_cost) * ((2 * abs(hourly_cost) + kwh) // nullif(2 * kwh, 0)))::bigint)::decimal(18, 0)
    * 0.00001 as price,
    amount_kopecks,
    vat_pct,
    (sign(amount_kopecks) * ((abs(amount_kopecks) * vat_pct + 50) // 100))::bigint as vat_kopecks
from rounded
where kwh <> 0 or watts <> 0 or amount_kopecks <> 0
