-- One row per rule a reading is judged by, in the order in which they are tried.
-- grain: rule_id, valid_from
-- kind:  reference
select
    row_number() over () as rule_order,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    rule_id,
    string_split(channels, '|') as channels,          -- '*': every channel
    nullif(split_part(parameter, '=', 1), '') as parameter,
    nullif(split_part(parameter, '=', 2), '')::bigint as parameter_value,
    severity::verdict as severity,
    status::value_status as status,
    source,
    message_ru
from reference_rows('reading_rule')
