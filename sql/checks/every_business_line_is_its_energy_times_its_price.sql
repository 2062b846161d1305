-- A line charged in its own month is energy (power) × price rounded once, half away from zero, and its VAT the rate of its sum.
-- asset:    business.charge_line
-- severity: error
-- Of hours, the price shown is a mean and proves nothing.
select contract_number, point_code, service_period, component, zone, basis, kwh, kw, price, amount_kopecks, vat_pct, vat_kopecks
from business.charge_line
where
    line_kind = 'charge'
    and (
        vat_kopecks <> (sign(amount_kopecks) * ((abs(amount_kopecks) * vat_pct + 50) // 100))::bigint
        or (
            (basis <> 'hours' or component not in ('energy', 'deviation_up', 'deviation_down'))
            and amount_kopecks <> round(coalesce(kw, kwh)::decimal(18, 3) * price * 0.1, 0)::bigint
        )
    )
