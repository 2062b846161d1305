-- One row per point and stretch of days [from_day, to_day) for which its hours are expected, with the power its ladder falls back on.
-- grain: point_code, from_day
-- kind:  table
-- law:   ПП РФ 442 п. 97: hours are needed in categories 3 to 6; of the other points only the days between their messages are
-- Nothing is expected before the first closing that knew of the contract, nor of a day that is not over.
with contracts as (
    select facts.contract_number, min(files.closing) as known_from
    from intake.supply_point_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
    group by facts.contract_number
),

states as (
    select
        points.point_code,
        points.price_category,
        points.max_power_kw,
        greatest(points.from_period, points.supplied_from, contracts.known_from) as from_day,
        least(points.to_period, coalesce(points.supplied_to + 1, date '9999-12-31')) as to_day
    from business.supply_point as points
    inner join contracts on contracts.contract_number = points.contract_number
    where points.known_to = date '9999-12-31'
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

select point_code, from_day, least(to_day, as_of::date) as to_day, max_power_kw
from expected
cross join replay.bounds
where from_day < least(to_day, as_of::date)
