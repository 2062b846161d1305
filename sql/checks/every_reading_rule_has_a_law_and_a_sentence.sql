-- Every rule a reading is judged by names its source, its severity, and a sentence for the customer; a controller's alone accepts.
-- asset:    reference.reading_rule
-- severity: error
select *
from reference.reading_rule
where
    coalesce(trim(source), '') = ''
    or coalesce(trim(message_ru), '') = ''
    or severity is null
    or (severity = 'accepted') <> (rule_id = 'control_below_previous')
    or valid_to <= valid_from
