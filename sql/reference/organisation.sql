-- One row per district and time: the site (участок) and branch (межрайонное отделение) that serve it.
-- grain: district, valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    district,
    site,
    branch,
    status::value_status as status,
    source
from reference_rows('organisation')
