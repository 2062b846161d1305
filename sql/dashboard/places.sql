-- One row per district: the branch and site that serve it in a month; what the place selectors offer.
-- grain:  district
-- params: period
select districts.district, organisation.branch, organisation.site
from district as districts
left join organisation
    on organisation.district = districts.district and organisation.valid_from <= $period and $period < organisation.valid_to
order by districts.district
