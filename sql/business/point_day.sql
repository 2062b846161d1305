-- One row per point and day: the energy of its hours to bill, measured or filled, by the message that holds now.
-- grain: point_code, day
-- kind:  table
-- law:   ПП РФ 442 п. 166: what a later message measures replaces what was filled
-- One element per hour in the order in which the day passes: 24, or 23 or 25 where the clock of Moscow was moved.
with filled as (
    select
        point_code,
        day,
        list(wh order by place) as wh,
        list(basis order by place) as basis,
        count_if(basis not in ('measured', 'unknown')) as hours_filled,
        count_if(basis = 'unknown') as hours_unknown
    from business.gap_hour
    group by point_code, day
),

whole as (
    select hours, list_transform(range(hours), lambda _: 'measured'::hour_basis) as basis
    from (select unnest(range(23, 26)) as hours)
)

select
    measured.point_code,
    measured.day,
    coalesce(filled.wh, measured.wh) as wh,            -- null: unknown, never zero
    coalesce(filled.basis, whole.basis) as basis,
    coalesce(filled.hours_filled, 0)::smallint as hours_filled,
    coalesce(filled.hours_unknown, 0)::smallint as hours_unknown,
    measured.message_number,
    measured.source_file_id,
    measured.source_line
from business.measured_day as measured
left join filled on filled.point_code = measured.point_code and filled.day = measured.day
left join whole on whole.hours = len(measured.wh)
where measured.is_newest
union all
select point_code, day, wh, basis, hours_filled::smallint, hours_unknown::smallint, null, null, null
from filled
anti join business.measured_day as measured
    on measured.is_newest and measured.point_code = filled.point_code and measured.day = filled.day
