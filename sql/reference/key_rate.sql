-- One row per key rate of the Bank of Russia (ключевая ставка), percent a year, by the days it was in force.
-- grain: valid_from
-- kind:  reference
-- law:   35-ФЗ ст. 37
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    rate_pct::decimal(5, 2) as rate_pct,
    status::value_status as status,
    source
from reference_rows('key_rate')
