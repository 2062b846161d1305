-- One row per penalty posted to a contract in the month, and what the month's penalty invoice asks for: nothing asked, no row.
-- params: $period
-- law:    what a month took back lowers what the next ones ask for: asked through a month is the most that was posted through any so far
with posted as (
    select contract_number, posting_period, sum(amount_kopecks)::bigint as kopecks
    from business.penalty_line
    where posting_period <= $period
    group by contract_number, posting_period
),

reached as (
    select
        contract_number,
        posting_period,
        kopecks,
        sum(kopecks) over (partition by contract_number order by posting_period)::bigint as through_kopecks
    from posted
),

asked as (
    select
        contract_number,
        max(through_kopecks) filter (posting_period = $period)
        - greatest(coalesce(max(through_kopecks) filter (posting_period < $period), 0), 0) as asked_kopecks
    from reached
    group by contract_number
)

select
    lines.contract_number,
    lines.period,
    lines.due_on,
    lines.day_from,
    lines.day_to,
    lines.days,
    lines.base_kopecks,
    lines.fraction_divisor,
    lines.rate_pct,
    lines.amount_kopecks,
    asked.asked_kopecks
from business.penalty_line as lines
inner join asked on asked.contract_number = lines.contract_number and asked.asked_kopecks > 0
where lines.posting_period = $period
order by lines.contract_number, lines.period, lines.due_on, lines.day_from, lines.base_kopecks desc, lines.fraction_divisor, lines.rate_pct
