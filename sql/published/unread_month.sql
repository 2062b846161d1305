-- One row per district, category, month and months since meters were last read, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.unread_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
