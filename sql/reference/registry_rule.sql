-- One row per rule of how far apart a registry of payments and the transfer that pays it may be.
-- grain: valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    days_most::integer as days_most,                    -- either way
    status::value_status as status,
    source
from reference_rows('registry_rule')
