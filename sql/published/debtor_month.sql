-- One row per account among the 50 of its district and category that owe most at the end of a month.
select months.*, organisation.branch, organisation.site
from marts.debtor_month as months
left join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
