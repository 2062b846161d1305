-- One row per district, category, month, day, channel, verdict and rule: readings received, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.reading_day as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
