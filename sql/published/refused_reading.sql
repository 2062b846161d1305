-- One row per reading that was held or rejected, beside branch and site.
select readings.*, organisation.branch, organisation.site
from marts.refused_reading as readings
left join reference.organisation as organisation
    on organisation.district = readings.district
    and organisation.valid_from <= readings.period and readings.period < organisation.valid_to
