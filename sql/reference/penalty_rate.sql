-- One row per penalty rate, percent a year, by the day of payment (of the unpaid part: by the day of the count).
-- grain: valid_from
-- kind:  reference
-- law:   ЖК РФ ст. 155 ч. 14; ПП РФ 474 of 26.03.2022
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    rate_pct::decimal(5, 2) as rate_pct,
    status::value_status as status,
    source
from reference_rows('penalty_rate')
