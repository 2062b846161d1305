-- One row per kind of business customer and stretch of days: the rate its penalty is a part of, and which debts bear penalty.
-- grain: customer_kind, valid_from
-- kind:  reference
-- law:   35-ФЗ ст. 37; ПП РФ 474 of 26.03.2022 for the housing chain
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    customer_kind::customer_kind as customer_kind,
    rate,                                  -- key: reference.key_rate · lowered: reference.penalty_rate, as for households
    cap_pct::decimal(5, 2) as cap_pct,     -- no day costs more than by this rate; null: no cap
    bears,                                 -- bill: from the last day to pay the month · advance: each part from its own due day
    status::value_status as status,
    source
from reference_rows('business_penalty')
