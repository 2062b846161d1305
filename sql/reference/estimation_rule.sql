-- One row per rule on months without a reading: how many months an average needs and lasts, how a late reading is spread.
-- grain: valid_from
-- kind:  reference
-- law:   ПП РФ 354 п. 59, 60; decision 12
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    average_months_most::integer as average_months_most,
    average_months_least::integer as average_months_least,
    average_months_least_young::integer as average_months_least_young,
    average_periods::integer as average_periods,
    spread,                                            -- days: over the days of the months · last: all in the reading's own
    status::value_status as status,
    source
from reference_rows('estimation_rule')
