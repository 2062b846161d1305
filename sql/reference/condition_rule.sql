-- One row per reason to charge an account in another way for a while: how, and from when to when the rule is in force.
-- `place` decides between reasons of one month, the lowest wins; `average_periods`: how long an average stands in for readings
-- before the normative with the coefficient of `normative_reason`.
-- grain: reason, valid_from
-- kind:  reference
-- law:   ПП РФ 354 п. 42, 59, 60, 62, 86
select
    reason::condition_reason as reason,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    place::integer as place,
    average_periods::integer as average_periods,
    normative_reason,
    months_back_most::integer as months_back_most,
    full_days_more_than::integer as full_days_more_than,
    status::value_status as status,
    source
from reference_rows('condition_rule')
