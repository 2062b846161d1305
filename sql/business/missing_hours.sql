-- One row per point and day with hours that nobody measured: which, since when without a break, and what stands in for them.
-- grain: point_code, day
-- kind:  table
with missing as (
    select
        *,
        timezone('Europe/Moscow', day::timestamp) + to_hours(place - 1) as starts_at
    from business.gap_hour
    where basis <> 'measured'
),

-- Hours that follow one another without a measured one between them lie equally far from their number.
numbered as (
    select *, starts_at - to_hours(row_number() over (partition by point_code order by starts_at)) as gap
    from missing
),

placed as (
    select *, min(starts_at) over (partition by point_code, gap) as gap_starts_at
    from numbered
)

select
    placed.point_code,
    placed.day,
    list((placed.place - 1)::tinyint order by placed.place) as hours,      -- from 0, in the order in which the day passes
    min(placed.gap_starts_at) as missing_since,
    count_if(placed.basis = 'last_year')::smallint as by_last_year,
    count_if(placed.basis = 'register')::smallint as by_register,
    count_if(placed.basis = 'max_power')::smallint as by_max_power,
    count_if(placed.basis = 'unknown')::smallint as unknown,
    coalesce(sum(placed.wh), 0)::bigint as filled_wh,
    measured.source_file_id,                           -- the message that leaves them out; null: there is none
    measured.source_line
from placed
left join business.measured_day as measured
    on measured.is_newest and measured.point_code = placed.point_code and measured.day = placed.day
group by placed.point_code, placed.day, measured.source_file_id, measured.source_line
