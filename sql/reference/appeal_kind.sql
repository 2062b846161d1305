-- One row per kind of appeal (обращение) and time: who makes it (`household`, `business` or `any`), what it asks, how soon it is answered.
-- grain: kind, valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    kind,
    customer,
    answer_within::integer as answer_within,
    day_kind,
    coalesce(fields, '') as fields,
    (needs_file = 'yes') as needs_file,
    status::value_status as status,
    source
from reference_rows('appeal_kind')
