-- One row per point, day and hour of a day of which not every hour was measured: what was, and what stands in for the rest.
-- grain: point_code, day, place
-- kind:  table
-- law:   ПП РФ 442 п. 166; RULES.md 9.2: the same hour of last year in the first and second month without a measured hour, then
--        maximum power; where neither is known the hour is unknown, and never zero
with days as (
    select expected.point_code, unnest(range(expected.from_day, expected.to_day, interval 1 day))::date as day
    from business.expected_day as expected
),

silent as (
    select days.point_code, days.day, null::bigint[] as wh
    from days
    anti join business.measured_day as measured
        on measured.is_newest and measured.point_code = days.point_code and measured.day = days.day
),

incomplete as (
    select point_code, day, wh from business.measured_day where is_newest and list_count(wh) < len(wh)
    union all
    select point_code, day, wh from silent
),

-- A day has as many hours as its messages say, and one without a message as the clock of Moscow says.
sized as (
    select
        *,
        coalesce(
            len(wh),
            (
                epoch(timezone('Europe/Moscow', (day + 1)::timestamp)) - epoch(timezone('Europe/Moscow', day::timestamp))
            )::bigint // 3600
        ) as hours
    from incomplete
),

-- Months in a row, this one included, in which nothing of the point was measured; 0 where something was.
months as (
    select
        gaps.point_code,
        gaps.month,
        date_diff('month', coalesce(max(known.month), (min(gaps.from_day) - interval 1 month)::date), gaps.month) as silent_months
    from (
        select sized.point_code, date_trunc('month', sized.day)::date as month, min(expected.from_day) as from_day
        from sized
        left join business.expected_day as expected on expected.point_code = sized.point_code
        group by sized.point_code, month
    ) as gaps
    left join (
        select distinct point_code, date_trunc('month', day)::date as month
        from business.measured_day
        where is_newest and list_count(wh) > 0
    ) as known on known.point_code = gaps.point_code and known.month <= gaps.month
    group by gaps.point_code, gaps.month
),

hours as (
    select point_code, day, hours, unnest(range(1, hours + 1))::tinyint as place, wh from sized
),

offered as (
    select
        hours.point_code,
        hours.day,
        hours.place,
        hours.wh[hours.place] as measured_wh,
        case when last_year_rule.step is not null then last_year.wh[hours.place] end as last_year_wh,
        case when power_rule.step is not null then (expected.max_power_kw * 1000)::bigint end as max_power_wh
    from hours
    inner join months on months.point_code = hours.point_code and months.month = date_trunc('month', hours.day)
    left join business.measured_day as last_year
        on last_year.is_newest and last_year.point_code = hours.point_code
        and last_year.day = (hours.day - interval 1 year)::date
    left join business.expected_day as expected
        on expected.point_code = hours.point_code and expected.from_day <= hours.day and hours.day < expected.to_day
    left join reference.substitution_rule as last_year_rule
        on last_year_rule.basis = 'last_year' and last_year_rule.valid_from <= hours.day and hours.day < last_year_rule.valid_to
        and months.silent_months <= coalesce(last_year_rule.months_most, months.silent_months)
    left join reference.substitution_rule as power_rule
        on power_rule.basis = 'max_power' and power_rule.valid_from <= hours.day and hours.day < power_rule.valid_to
)

select
    point_code,
    day,
    place,                                             -- from 1, in the order in which the day passes
    coalesce(measured_wh, last_year_wh, max_power_wh) as wh,
    case
        when measured_wh is not null then 'measured'
        when last_year_wh is not null then 'last_year'
        when max_power_wh is not null then 'max_power'
        else 'unknown'
    end::hour_basis as basis
from offered
