-- One row per kind of customer, due day, part of the rate, and stretch of days after it that bear penalty at that part.
-- grain: customer_kind, due_on, fraction_divisor, from_day
-- kind:  table
-- law:   ЖК РФ ст. 155 ч. 14, 35-ФЗ ст. 37: days are counted from the due day; moratoria spare days, the count runs on (decision 14)
-- A household's bill falls due on days known beforehand, a part of a contract's month on any day.
with due as (
    select distinct 'household' as customer_kind, due_on from ledger.due_date
    union all
    select
        customer_kind,
        unnest(generate_series(first_day, (select open_period from replay.bounds) + interval 3 month, interval 1 day))::date as due_on
    from (
        select customer_kind::varchar as customer_kind, date_trunc('month', min(valid_from)) as first_day
        from intake.contract_fact
        group by customer_kind
    )
),

scale as (
    select
        due.customer_kind,
        due.due_on,
        scales.fraction_divisor,
        greatest(scales.valid_from, due.due_on + scales.day_from) as from_day,
        least(scales.valid_to, coalesce(due.due_on + scales.day_to + 1, scales.valid_to)) as to_day
    from due
    inner join reference.penalty_scale as scales
        on scales.customer_kind = due.customer_kind
        and scales.fraction_divisor is not null
        and due.due_on + scales.day_from < scales.valid_to
        and (scales.day_to is null or scales.valid_from <= due.due_on + scales.day_to)
),

-- What holds from a day on: the scale, and whatever spares its days.
changes as (
    select customer_kind, due_on, fraction_divisor, from_day as day, 1 as scales, 0 as moratoria from scale
    union all
    select customer_kind, due_on, fraction_divisor, to_day, -1, 0 from scale
    union all
    select
        counted.customer_kind,
        counted.due_on,
        counted.fraction_divisor,
        unnest([moratoria.from_day, moratoria.to_day]),
        0,
        unnest([1, -1])
    from (select distinct customer_kind, due_on, fraction_divisor from scale) as counted
    inner join reference.moratorium as moratoria
        on counted.due_on < moratoria.to_day
        and (moratoria.debts_due_before is null or counted.due_on < moratoria.debts_due_before)
),

stretches as (
    select
        customer_kind,
        due_on,
        fraction_divisor,
        day as from_day,
        lead(day) over days as to_day,
        sum(sum(scales)) over days > 0 and sum(sum(moratoria)) over days = 0 as is_borne
    from changes
    group by customer_kind, due_on, fraction_divisor, day
    window days as (partition by customer_kind, due_on, fraction_divisor order by day)
)

select customer_kind, due_on, fraction_divisor, from_day, to_day
from stretches
where is_borne
order by customer_kind, due_on, from_day
