-- One row per kind of appeal (обращение) and time: how soon it is answered, what it must say, whether a document is needed.
-- grain: kind, valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    kind,
    answer_within::integer as answer_within,
    day_kind,
    coalesce(fields, '') as fields,
    (needs_file = 'yes') as needs_file,
    status::value_status as status,
    source
from read_csv(getvariable('reference') || '/appeal_kind.csv', header = true, all_varchar = true)
