-- One row per district and month: how the balance moved, beside the branch and site that served the district then.
select months.*, organisation.branch, organisation.site
from marts.district_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
