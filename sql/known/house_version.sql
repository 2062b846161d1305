-- One row per house, first period and spell of knowledge: how the house is, as known at the closings [known_from, known_to).
-- grain: house_id, from_period, known_from
-- kind:  step
with epochs as (
    select distinct house_id, known_period as known_from from intake.house_fact
),

latest as (
    select facts.*, epochs.known_from, date_trunc('month', facts.valid_from)::date as from_period
    from epochs
    inner join intake.house_fact as facts
        on facts.house_id = epochs.house_id and facts.known_period <= epochs.known_from
    qualify row_number() over (
        partition by epochs.house_id, epochs.known_from, date_trunc('month', facts.valid_from)
        order by facts.valid_from desc, facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
),

spells as (
    select house_id, known_from, lead(known_from, 1, date '9999-12-31') over (partition by house_id order by known_from) as known_to
    from epochs
)

select
    latest.house_id,
    latest.from_period,
    lead(latest.from_period, 1, date '9999-12-31') over (
        partition by latest.house_id, latest.known_from order by latest.from_period
    ) as to_period,
    latest.known_from,
    spells.known_to,
    latest.valid_from,
    latest.management,
    latest.premises_m2,
    latest.common_m2,
    latest.source_file_id,
    latest.source_line
from latest
inner join spells on spells.house_id = latest.house_id and spells.known_from = latest.known_from
