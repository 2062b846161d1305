-- One row per month, epoch of knowledge, kind of dwelling and its rooms (null: not told), number of persons and reason: what is charged where no meter says what was used, kWh.
-- grain: period, epoch, dwelling, stove, heating, rooms, persons, reason
-- kind:  step
-- law:   ПП РФ 354 п. 42, 59, 60: normative × persons × coefficient; the fifth person and each further one as the fifth
-- Where it is not told whether it is a flat or a house, a flat is assumed, and of two rooms where those are not told.
with households as (
    select unnest(range(1, 2 + coalesce((select max(persons) from intake.tenant_fact), 0)))::integer as persons
),

dwellings as (
    select distinct dwelling, rooms from intake.account_fact
)

select
    epochs.period,
    epochs.epoch,
    normatives.stove,
    normatives.heating,
    dwellings.dwelling,
    dwellings.rooms,
    households.persons,
    coefficients.reason,
    round(normatives.kwh_per_person_month * households.persons * coefficients.coefficient)::bigint as kwh,
    case when dwellings.dwelling is null or dwellings.rooms is null then 'assumed'::value_status else normatives.status end as status
from rating.epoch as epochs
cross join households
cross join dwellings
inner join reference.normative as normatives
    on normatives.valid_from <= epochs.period and epochs.period < normatives.valid_to
    and normatives.known_from <= epochs.epoch and epochs.epoch < normatives.known_to
    and normatives.dwelling = coalesce(dwellings.dwelling, 'flat')
    and normatives.rooms = least(coalesce(dwellings.rooms, 2), 4)
    and normatives.persons = least(households.persons, 5)
inner join reference.heating_season as seasons
    on seasons.valid_from <= epochs.period and epochs.period < seasons.valid_to
    and (
        normatives.season = 'all'
        or (normatives.season = 'heating') = (month(epochs.period) >= seasons.first_month or month(epochs.period) <= seasons.last_month)
    )
inner join reference.normative_coefficient as coefficients
    on coefficients.valid_from <= epochs.period and epochs.period < coefficients.valid_to
