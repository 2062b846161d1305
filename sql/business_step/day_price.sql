-- One row per day and spell of knowledge: its hourly prices in wall-clock order, as known at the closings [known_from, known_to).
-- grain: day, known_from
-- kind:  step
-- law:   final prices win over preliminary ones, then what came last
with facts as (
    select facts.*, files.closing
    from intake.market_hour_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

epochs as (
    select
        period,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by period order by closing) as known_to
    from (select distinct period, closing from facts)
),

latest as (
    select facts.*, epochs.known_from, epochs.known_to
    from epochs
    inner join facts on facts.period = epochs.period and facts.closing <= epochs.known_from
    qualify row_number() over (
        partition by facts.day, facts.hour, epochs.known_from
        order by facts.version = 'final' desc, facts.known_at desc, facts.source_file_id desc
    ) = 1
)

select
    latest.period as service_period,
    latest.day,
    latest.known_from,
    latest.known_to,
    list((latest.energy * 100000)::bigint order by latest.hour) as energy_e5,
    list((latest.day_ahead * 100000)::bigint order by latest.hour) as day_ahead_e5,
    list((latest.imbalance_up * 100000)::bigint order by latest.hour) as up_e5,
    list((latest.imbalance_down * 100000)::bigint order by latest.hour) as down_e5
from latest
group by latest.period, latest.day, latest.known_from, latest.known_to
