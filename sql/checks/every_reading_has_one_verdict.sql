-- Every reading that arrived has one verdict, a refused or held one names its rule, and an accepted one its energy.
-- asset:    metering.reading
-- severity: error
with arrived as (
    select reading_id from intake.reading_fact where known_period > (select sealed_period from replay.bounds)
),

judged as (
    select
        reading_id,
        count(*) as verdicts,
        count_if((verdict = 'accepted') = (rule_id is not null)) as without_rule,
        count_if((verdict = 'accepted') <> (consumption_kwh is not null)) as without_energy
    from metering.reading
    where known_period > (select sealed_period from replay.bounds)
    group by reading_id
)

select coalesce(arrived.reading_id, judged.reading_id) as reading_id, judged.verdicts, judged.without_rule, judged.without_energy
from arrived
full outer join judged on judged.reading_id = arrived.reading_id
where
    arrived.reading_id is null
    or judged.verdicts is distinct from 1
    or judged.without_rule > 0
    or judged.without_energy > 0
