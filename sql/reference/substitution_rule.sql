-- One row per step of the ladder that fills hours nobody measured (замещающая информация), in the order of the steps.
-- grain: valid_from, step
-- kind:  reference
-- law:   ПП РФ 442 п. 166; RULES.md 9.2, 9.3
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    step::tinyint as step,
    basis::hour_basis as basis,
    months_most::integer as months_most,               -- months in a row without a measured hour that it may fill; null: any
    power_from_kw::decimal(12, 3) as power_from_kw,    -- maximum power from which it holds; null: any
    status::value_status as status,
    source
from reference_rows('substitution_rule')
