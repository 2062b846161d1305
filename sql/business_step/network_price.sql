-- One row per voltage, variant, first day and spell of knowledge: the network tariff as known at the closings [known_from, known_to).
-- grain: voltage, variant, valid_from, known_from
-- kind:  step
with facts as (
    select facts.*, files.closing
    from intake.network_tariff_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

epochs as (
    select
        voltage,
        variant,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by voltage, variant order by closing) as known_to
    from (select distinct voltage, variant, closing from facts)
),

latest as (
    select facts.*, epochs.known_from, epochs.known_to
    from epochs
    inner join facts
        on facts.voltage = epochs.voltage and facts.variant = epochs.variant and facts.closing <= epochs.known_from
    qualify row_number() over (
        partition by facts.voltage, facts.variant, epochs.known_from, facts.valid_from
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
)

select
    voltage,
    variant,
    valid_from,
    lead(valid_from, 1, date '9999-12-31') over (
        partition by voltage, variant, known_from order by valid_from
    ) as valid_to,
    known_from,
    known_to,
    (energy_price * 100000)::bigint as energy_e5,
    (capacity_price * 100000)::bigint as capacity_e5
from latest
