-- A penalty scale names its law, runs from day 1 without a gap to an open end, and is followed by the next one at once.
-- asset:    reference.penalty_scale
-- severity: error
with ordered as (
    select
        *,
        lag(day_to) over stretches as previous_day_to,
        row_number() over stretches as place,
        count(*) over (partition by customer_kind, valid_from, valid_to) as places,
        min(valid_from) over (
            partition by customer_kind
            order by valid_from
            range between interval 1 day following and unbounded following
        ) as next_valid_from
    from reference.penalty_scale
    window stretches as (partition by customer_kind, valid_from, valid_to order by day_from)
)

select *
from ordered
where
    coalesce(trim(source), '') = ''
    or status is null
    or fraction_divisor <= 0
    or valid_to <= valid_from
    or valid_to is distinct from coalesce(next_valid_from, date '9999-12-31')
    or (place = 1 and day_from <> 1)
    or (place > 1 and day_from is distinct from previous_day_to + 1)
    or (place = places) <> (day_to is null)
    or day_to < day_from
