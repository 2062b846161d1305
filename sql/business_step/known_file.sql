-- One row per delivered file: the first closing of businesses that knows it.
-- grain: source_file_id
-- kind:  step
-- law:   decision 2: a closing has a cutoff; that of businesses is the closing day of the month after
select
    files.source_file_id,
    files.known_at,
    date_trunc('month', files.known_at::date - (rules.closing_day - 1))::date as closing
from intake.source_file as files
inner join reference.business_rule as rules
    on rules.valid_from <= files.known_at::date and files.known_at::date < rules.valid_to
