-- File by file, every reading that arrived has one verdict; a refused or held one names its rule, an accepted one its energy.
-- asset:    metering.reading
-- severity: error
with arrived as (
    select source_file_id, count(*) as readings, sum(reading_id) as identity
    from intake.reading_fact
    where known_period > (select sealed_period from replay.bounds)
    group by source_file_id
),

judged as (
    select
        source_file_id,
        count(*) as readings,
        sum(reading_id) as identity,
        count_if((verdict = 'accepted') = (rule_id is not null)) as without_rule,
        count_if((verdict = 'accepted') <> (consumption_kwh is not null)) as without_energy
    from metering.reading
    where known_period > (select sealed_period from replay.bounds)
    group by source_file_id
)

select
    coalesce(arrived.source_file_id, judged.source_file_id) as source_file_id,
    arrived.readings as arrived,
    judged.readings as judged,
    judged.without_rule,
    judged.without_energy
from arrived
full outer join judged on judged.source_file_id = arrived.source_file_id
where
    arrived.readings is distinct from judged.readings
    or arrived.identity is distinct from judged.identity
    or judged.without_rule > 0
    or judged.without_energy > 0
