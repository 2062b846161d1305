-- One row per definition of the heating season (отопительный сезон), first and last month in.
-- grain: valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    first_month::integer as first_month,
    last_month::integer as last_month,
    status::value_status as status,
    source
from reference_rows('heating_season')
