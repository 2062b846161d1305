-- One row per month owed, closing and stretch of days on which the same sum stood at the same rate: its penalty through the closing.
-- grain: contract_number, period, due_on, closing, day_from, fraction_divisor, rate_pct, base_kopecks
-- kind:  step
-- law:   35-ФЗ ст. 37; ЖК РФ ст. 155 ч. 14 for the housing chain (RULES 11.2, 11.3)
-- money: penalty_kopecks (schema.sql): sum × days × rate ÷ divisor, rounded once per row
with stretches as (
    select
        ends.contract_number,
        ends.period,
        ends.due_on,
        ends.closing,
        ends.customer_kind,
        ends.stood_after,
        ends.stood_through,
        standing.rate_pct,
        sum(standing.kopecks)::bigint as base_kopecks
    from business_step.standing as ends
    inner join business_step.standing as standing
        on standing.contract_number = ends.contract_number
        and standing.period = ends.period
        and standing.due_on = ends.due_on
        and standing.closing = ends.closing
        and ends.stood_through <= standing.stood_through
    group by all
),

-- Materialised, or the planner joins every day of a due day to every other one first.
begun as materialized (
    select stretches.*, days.fraction_divisor, days.days as days_before, days.next_borne as day_from
    from stretches
    inner join business_step.penalty_day as days
        on days.customer_kind = stretches.customer_kind
        and days.due_on = stretches.due_on
        and days.day = stretches.stood_after
)

select
    begun.contract_number,
    begun.period,
    begun.due_on,
    begun.closing,
    begun.customer_kind,
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
inner join business_step.penalty_day as days
    on days.customer_kind = begun.customer_kind
    and days.due_on = begun.due_on
    and days.day = begun.stood_through
    and days.fraction_divisor = begun.fraction_divisor
where begun.days_before < days.days
