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

borne as (
    select
        stretches.*,
        days.fraction_divisor,
        greatest(stretches.stood_after + 1, days.from_day) as day_from,
        least(stretches.stood_through, days.to_day - 1) as day_to
    from stretches
    inner join ledger.bearing_stretch as days
        on days.customer_kind = 'household'
        and days.due_on = stretches.due_on
        and days.from_day <= stretches.stood_through and stretches.stood_after + 1 < days.to_day
),

-- Days spared in the midst of a stretch do not part it.
counted as (
    select
        assessment_no,
        min(day_from) as day_from,
        max(day_to) as day_to,
        sum(day_to - day_from + 1)::integer as days,
        base_kopecks,
        fraction_divisor,
        rate_pct
    from borne
    group by assessment_no, stood_after, base_kopecks, fraction_divisor, rate_pct
)

select *, penalty_kopecks(base_kopecks, days, rate_pct, fraction_divisor) as amount_kopecks
from counted
