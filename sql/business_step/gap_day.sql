-- One row per day of which not every hour was measured, as it is looked at: by an evaluation, or (no contract) as it is known now.
-- grain: contract_number, point_code, closing, day
-- kind:  step
-- law:   ПП РФ 442 п. 166; RULES.md 9.2, 9.3: the same hour of last year in the first and second month without a measured hour; then,
--        from 670 kW, the register of the month spread over its hours, else maximum power; where none is known the hour is unknown,
--        and never zero. What is measured later is posted as a difference
-- This is the only place where the ladder of hours stands: what is billed and what is shown are the same hours.
with looked_at as (
    select
        contract_number,
        point_code,
        closing,
        max_power_kw,
        unnest(range(first_day, last_day + 1, interval 1 day))::date as day
    from business_step.point_month
    where price_category >= 3
    union all
    select
        null,
        point_code,
        date '9999-12-30',                             -- after every closing: all that is known
        max_power_kw,
        unnest(range(from_day, to_day, interval 1 day))::date
    from business.expected_day
    union all
    -- Messages of days on which nothing was expected: before the supply or after it.
    select null, measured.point_code, date '9999-12-30', null, measured.day
    from business.measured_day as measured
    anti join business.expected_day as expected
        on expected.point_code = measured.point_code and expected.from_day <= measured.day and measured.day < expected.to_day
    where measured.is_newest and list_count(measured.wh) < len(measured.wh)
),

-- A day has as many hours as its messages say, and one without a message as the clock of Moscow says.
gaps as (
    select
        looked_at.*,
        date_trunc('month', looked_at.day)::date as month,
        energy.wh,
        coalesce(
            len(energy.wh),
            (
                epoch(timezone('Europe/Moscow', (looked_at.day + 1)::timestamp))
                - epoch(timezone('Europe/Moscow', looked_at.day::timestamp))
            )::bigint // 3600
        ) as hours
    from looked_at
    left join business_step.day_energy as energy
        on energy.point_code = looked_at.point_code
        and energy.day = looked_at.day
        and energy.known_from <= looked_at.closing and looked_at.closing < energy.known_to
    where energy.wh is null or list_count(energy.wh) < len(energy.wh)
),

heard_months as (
    select distinct point_code, date_trunc('month', day)::date as month, known_from, known_to
    from business_step.day_energy
    where list_count(wh) > 0
),

-- Months in a row, this one included, without a measured hour; null where there never was one, and no last year either.
silence as (
    select
        gaps.point_code,
        gaps.month,
        gaps.closing,
        date_diff('month', max(heard.month), gaps.month) as silent_months
    from (select distinct point_code, month, closing from gaps) as gaps
    left join heard_months as heard
        on heard.point_code = gaps.point_code
        and heard.month <= gaps.month
        and heard.known_from <= gaps.closing and gaps.closing < heard.known_to
    group by gaps.point_code, gaps.month, gaps.closing
),

offered as (
    select
        gaps.*,
        case when last_year_rule.step is not null then last_year.wh end as last_year_wh,
        case when last_year_rule.step is null then spread.wh end as register_wh,
        case when power_rule.step is not null then (gaps.max_power_kw * 1000)::bigint end as max_power_wh
    from gaps
    inner join silence using (point_code, month, closing)
    left join business_step.day_energy as last_year
        on last_year.point_code = gaps.point_code
        and last_year.day = (gaps.day - interval 1 year)::date
        and last_year.known_from <= gaps.closing and gaps.closing < last_year.known_to
    -- Two months and more without an hour: there is no hourly meter, or none that works.
    left join business_step.spread_day as spread
        on spread.contract_number is not distinct from gaps.contract_number
        and spread.point_code = gaps.point_code
        and spread.closing = gaps.closing
        and spread.day = gaps.day
    left join reference.substitution_rule as last_year_rule
        on last_year_rule.basis = 'last_year' and last_year_rule.valid_from <= gaps.day and gaps.day < last_year_rule.valid_to
        and silence.silent_months <= coalesce(last_year_rule.months_most, silence.silent_months)
    left join reference.substitution_rule as power_rule
        on power_rule.basis = 'max_power' and power_rule.valid_from <= gaps.day and gaps.day < power_rule.valid_to
),

grounded as (
    select
        *,
        list_transform(
            range(1, hours + 1),
            lambda place: case
                when wh[place] is not null then 'measured'
                when last_year_wh[place] is not null then 'last_year'
                when register_wh[place] is not null then 'register'
                when max_power_wh is not null then 'max_power'
                else 'unknown'
            end::hour_basis
        ) as basis
    from offered
)

select
    contract_number,
    point_code,
    closing,
    day,
    coalesce(list_count(wh), 0) as hours_known,        -- measured, not filled
    basis,                                             -- of each hour, in the order in which the day passes
    list_transform(
        basis,
        lambda one, place: case one
            when 'measured' then wh[place]
            when 'last_year' then last_year_wh[place]
            when 'register' then register_wh[place]
            when 'max_power' then max_power_wh
        end
    ) as wh
from grounded
