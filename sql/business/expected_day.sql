-- One row per point and stretch of days [from_day, to_day) for which its hours are expected, with the power its ladder falls back on.
-- grain: point_code, from_day
-- kind:  table
-- law:   ПП РФ 442 п. 97: hours are needed in categories 3 to 6; of the other points only the days between their messages are
-- Nothing is expected before the first day that any message spoke of, nor of a day that is not over.
with limits as (
    select
        (select min(day) from business.measured_day) as first_day,
        (select as_of::date from replay.bounds) as last_day
),

statements as (
    select *
    from intake.supply_point_fact
    qualify row_number() over (
        partition by contract_number, point_code, valid_from order by known_at desc, source_file_id desc, source_line desc
    ) = 1
),

states as (
    select
        point_code,
        price_category,
        max_power_kw,
        valid_from as from_day,
        least(
            coalesce(valid_to + 1, date '9999-12-31'),
            lead(valid_from, 1, date '9999-12-31') over (partition by point_code order by valid_from)
        ) as to_day
    from statements
),

heard as (
    select point_code, min(day) as from_day, max(day) + 1 as to_day
    from business.measured_day
    group by point_code
),

-- A point that sends messages and is nobody's, or is not billed by hours: the days between its first message and its last.
between_messages as (
    select
        heard.point_code,
        states.max_power_kw,
        greatest(heard.from_day, coalesce(states.from_day, heard.from_day)) as from_day,
        least(heard.to_day, coalesce(states.to_day, heard.to_day)) as to_day
    from heard
    left join states on states.point_code = heard.point_code
    where coalesce(states.price_category, 1) < 3
),

expected as (
    select point_code, max_power_kw, from_day, to_day from states where price_category >= 3
    union all
    select point_code, max_power_kw, from_day, to_day from between_messages
)

select
    expected.point_code,
    greatest(expected.from_day, limits.first_day) as from_day,
    least(expected.to_day, limits.last_day) as to_day,
    expected.max_power_kw
from expected
cross join limits
where greatest(expected.from_day, limits.first_day) < least(expected.to_day, limits.last_day)
