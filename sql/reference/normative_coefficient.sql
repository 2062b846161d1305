-- One row per reason to charge by the normative: the coefficient it is multiplied by (повышающий коэффициент).
-- grain: reason, valid_from
-- kind:  reference
-- law:   ПП РФ 354 п. 42, 59, 60, 62; decision 13
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    reason,
    coefficient::decimal(4, 1) as coefficient,
    status::value_status as status,
    source
from reference_rows('normative_coefficient')
