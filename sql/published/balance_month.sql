-- One row per district, category, month and class of balance, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.balance_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
