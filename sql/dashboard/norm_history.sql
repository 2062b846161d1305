-- One row per component of the social norm of a settlement and stretch of time, the latest first; kWh a month or a coefficient.
-- grain:  settlement, component, persons, valid_from
-- params: settlement
select
    settlement,
    component,
    persons,
    kwh_per_month as kwh,
    coefficient,
    valid_from,
    valid_to,
    status::varchar as status,
    source
from social_norm
where settlement in ($settlement, 'any')
order by valid_from desc, settlement desc, component, persons
