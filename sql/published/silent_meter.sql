-- One row per meter in place at the end of a month for which it was not read, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.silent_meter as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
