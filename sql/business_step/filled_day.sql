-- One row per evaluation, point and day: energy of its hours in Wh as the closing knows it, measured or, in categories 3 to 6, filled.
-- grain: contract_number, point_code, service_period, closing, day
-- kind:  step
-- law:   ПП РФ 442 п. 166; RULES.md 9.2: the same hour of last year in the first and second month without a measured hour, then maximum
--        power; never silently zero. What is measured later is posted as a difference. business.gap_hour shows the same of the newest state
with days as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        price_category,
        max_power_kw,
        unnest(range(first_day, last_day + 1, interval 1 day))::date as day
    from business_step.point_month
),

told as (
    select days.*, energy.wh
    from days
    left join business_step.day_energy as energy
        on energy.point_code = days.point_code
        and energy.day = days.day
        and energy.known_from <= days.closing and days.closing < energy.known_to
    where days.price_category >= 3 or energy.wh is not null
),

gaps as (
    select
        *,
        coalesce(
            len(wh),
            (
                epoch(timezone('Europe/Moscow', (day + 1)::timestamp)) - epoch(timezone('Europe/Moscow', day::timestamp))
            )::bigint // 3600
        ) as hours
    from told
    where price_category >= 3 and (wh is null or list_count(wh) < len(wh))
),

heard_months as (
    select point_code, date_trunc('month', day)::date as month, min(known_from) as known_from
    from business_step.day_energy
    where list_count(wh) > 0
    group by point_code, month
),

silence as (
    select
        gaps.point_code,
        gaps.service_period,
        gaps.closing,
        date_diff('month', max(heard.month), gaps.service_period) as silent_months
    from (select distinct point_code, service_period, closing from gaps) as gaps
    left join heard_months as heard
        on heard.point_code = gaps.point_code and heard.month <= gaps.service_period and heard.known_from <= gaps.closing
    group by gaps.point_code, gaps.service_period, gaps.closing
),

offered as (
    select
        gaps.contract_number,
        gaps.point_code,
        gaps.service_period,
        gaps.closing,
        gaps.price_category,
        gaps.day,
        gaps.wh,
        list_transform(
            range(1, gaps.hours + 1),
            lambda place: coalesce(
                gaps.wh[place],
                case when last_year_rule.step is not null then last_year.wh[place] end,
                case when power_rule.step is not null then (gaps.max_power_kw * 1000)::bigint end
            )
        ) as filled_wh
    from gaps
    inner join silence using (point_code, service_period, closing)
    left join business_step.day_energy as last_year
        on last_year.point_code = gaps.point_code
        and last_year.day = (gaps.day - interval 1 year)::date
        and last_year.known_from <= gaps.closing and gaps.closing < last_year.known_to
    left join reference.substitution_rule as last_year_rule
        on last_year_rule.basis = 'last_year' and last_year_rule.valid_from <= gaps.day and gaps.day < last_year_rule.valid_to
        and silence.silent_months <= coalesce(last_year_rule.months_most, silence.silent_months)
    left join reference.substitution_rule as power_rule
        on power_rule.basis = 'max_power' and power_rule.valid_from <= gaps.day and gaps.day < power_rule.valid_to
)

select
    contract_number,
    point_code,
    service_period,
    closing,
    price_category,
    day,
    wh,
    list_count(wh) as hours_known
from told
where price_category < 3 or list_count(wh) = len(wh)
union all
select contract_number, point_code, service_period, closing, price_category, day, filled_wh, coalesce(list_count(wh), 0)
from offered
