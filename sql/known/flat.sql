-- One row per account, period and spell of knowledge in which it is a flat of a house that was ever told about.
-- grain: account_number, from_period, known_from
-- kind:  step
select
    accounts.account_number,
    accounts.house_id,
    accounts.from_period,
    accounts.to_period,
    accounts.known_from,
    accounts.known_to,
    accounts.first_month,
    accounts.valid_to,
    accounts.area_m2,
    accounts.settlement,
    accounts.stove,
    accounts.heating
from known.account_version as accounts
semi join intake.house_fact as houses on houses.house_id = accounts.house_id
