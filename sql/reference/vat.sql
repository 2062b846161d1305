-- One row per VAT rate (НДС), percent, inside the prices.
-- grain: valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    rate_pct::integer as rate_pct,
    status::value_status as status,
    source
from reference_rows('vat')
