-- One row: the first month whose bill, like those of all later months, is too young to bear penalty by now (from_period); the same as the
-- last closing saw it (fresh_from_period); and the day on which the first bill between the two began to bear it (null: there is none).
-- grain: from_period
-- kind:  step
with bounds as (
    select as_of::date as as_of_day, last_day(sealed_period) as sealed_through from replay.bounds
),

months as (
    select
        coalesce(
            (max(terms.service_period) filter (where terms.bears_from <= bounds.as_of_day) + interval 1 month)::date,
            date '1900-01-01'
        ) as from_period,
        coalesce(
            (max(terms.service_period) filter (where terms.bears_from <= bounds.sealed_through) + interval 1 month)::date,
            date '1900-01-01'
        ) as fresh_from_period
    from bounds
    left join arrears.term as terms on true
)

select
    months.from_period,
    months.fresh_from_period,
    min(terms.bears_from) as bears_from
from months
left join arrears.term as terms
    on months.fresh_from_period <= terms.service_period and terms.service_period < months.from_period
group by months.from_period, months.fresh_from_period
