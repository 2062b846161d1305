-- One row per district, category and month: how the balance moved and how many were charged, paid, owed, beside branch and site.
select months.*, organisation.branch, organisation.site
from marts.category_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
