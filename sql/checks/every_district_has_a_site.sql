-- Every district is served by one site of one branch at any time.
-- asset:    reference.organisation
-- severity: error
select district.district, count(organisation.site) as sites
from reference.district as district
left join reference.organisation as organisation
    on organisation.district = district.district
    and organisation.valid_from <= current_date and current_date < organisation.valid_to
group by district.district
having count(organisation.site) <> 1
