-- One row per house, month and spell of knowledge: what its meter measured, as known at the closings [known_from, known_to).
-- grain: house_id, service_period, known_from
-- kind:  step
with latest as (
    select *
    from intake.house_volume_fact
    qualify row_number() over (
        partition by house_id, service_period, known_period
        order by known_at desc, source_file_id desc, source_line desc
    ) = 1
)

select
    house_id,
    service_period,
    known_period as known_from,
    lead(known_period, 1, date '9999-12-31') over (
        partition by house_id, service_period order by known_period
    ) as known_to,
    metered_kwh,
    other_kwh,
    source_file_id,
    source_line
from latest
