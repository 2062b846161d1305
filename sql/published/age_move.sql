-- One row per district, category, month and pair of ages of debts, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.age_move as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
