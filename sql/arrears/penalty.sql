-- One row per assessment and stretch of days on which the same sum stood at the same rate: its penalty (пени) through the closing.
-- grain: assessment_no, day_from, fraction_divisor, rate_pct, base_kopecks
-- kind:  step
-- law:   ЖК РФ ст. 155 ч. 14
-- money: penalty_kopecks (schema.sql): sum × days × rate ÷ divisor, rounded once per row
with stretches as (
    select
        ends.assessment_no,
        ends.due_on,
        ends.stood_after,
        ends.stood_through,
        standing.rate_pct,
        sum(standing.kopecks)::bigint as base_kopecks
    from arrears.standing as ends
    inner join arrears.standing as standing
        on standing.assessment_no = ends.assessment_no
        and ends.stood_through <= standing.stood_through
    group by all
),

-- Materialised, or the planner joins every day of a due day to every other one first.
begun as materialized (
    select stretches.*, days.fraction_divisor, days.days as days_before, days.next_borne as day_from
    from stretches
    inner join arrears.penalty_day as days on days.due_on = stretches.due_on and days.day = stretches.stood_after
)

select
    begun.assessment_no,
    begun.day_from,
    days.last_borne as day_to,
    days.days - begun.days_before as days,
    begun.base_kopecks,
    begun.fraction_divisor,
    begun.rate_pct,
    penalty_kopecks(
        begun.base_kopecks, days.days - begun.days_before, begun.rate_pct, begun.fraction_divisor
    ) as amount_kopecks
from begun
inner join arrears.penalty_day as days
    on days.due_on = begun.due_on and days.day = begun.stood_through and days.fraction_divisor = begun.fraction_divisor
where begun.days_before < days.days
