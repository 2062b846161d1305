-- One row per district, category and month: what energy charged rests on, its bands and zones, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.energy_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
