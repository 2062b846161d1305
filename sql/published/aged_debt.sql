-- One row per debt that stands open on the day of the run, beside its class of age (age_class) and the place of its account.
-- kind: table
select
    debts.account_number,
    places.branch,
    places.site,
    places.district,
    places.category,
    ages.age,
    debts.period,
    debts.kind,
    debts.due_on,
    debts.amount_kopecks,
    debts.paid_kopecks,
    debts.open_kopecks
from ledger.debt as debts
inner join account_place as places on places.account_number = debts.account_number
cross join replay.bounds as bounds
inner join age_class as ages
    on date_diff('day', debts.due_on, timezone('Europe/Moscow', bounds.as_of)::date)
    between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
