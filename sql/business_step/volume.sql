-- One row per evaluation, point, zone and basis: energy to charge, in kWh.
-- grain: contract_number, point_code, service_period, closing, zone, basis
-- kind:  step
-- law:   categories 3 to 6 by hours (from 670 kW, without an hourly meter, by a register spread over them); 1 and 2 by register, else
--        by hours where all were measured, else the ladder of RULES.md 9.2: first and second month without a reading the same month
--        of last year, without one the last known month; then maximum power × hours. Acts are added; where nothing is metered and an
--        act speaks of the month, the act is all
with months as (
    select
        months.*,
        last_day - first_day + 1 as days,
        day(last_day(service_period))::bigint as month_days
    from business_step.point_month as months
),

by_hours as (
    select months.*, sums.kwh, case when sums.is_spread then 'register' else 'hours' end as basis
    from months
    inner join business_step.hour_sum as sums using (contract_number, point_code, service_period, closing)
    where months.price_category >= 3 or (months.price_category = 1 and sums.hours_measured = months.hours)
),

registers as (
    select * from business_step.register_month where is_covered
),

-- How many months in a row, this one included, lack a reading (3 stands for three and more), and which months are known.
looked as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        bool_or(months_back = 0 and is_covered) as is_read,
        bool_or(months_back = 12 and is_covered) as is_last_year_known,
        case
            when count_if(months_back = 1 and not is_covered) = 0 then 1
            when count_if(months_back = 2 and not is_covered) = 0 then 2
            else 3
        end as silent_months,
        bool_or(months_back = 1 and is_covered) as is_month_before_known,
        bool_or(months_back = 2 and is_covered) as is_second_before_known
    from business_step.register_month
    group by contract_number, point_code, service_period, closing
),

estimated as (
    select
        months.*,
        case
            when looked.silent_months = 3 then null
            when looked.is_last_year_known then 12
            when looked.silent_months = 1 and looked.is_month_before_known then 1
            when looked.silent_months = 2 and looked.is_second_before_known then 2
        end as months_back
    from months
    inner join looked using (contract_number, point_code, service_period, closing)
    where months.price_category <= 2 and not looked.is_read
),

statements as (
    select closings.closing, facts.*
    from (select distinct contract_number, point_code, closing from months) as closings
    inner join intake.unmetered_fact as facts
        on facts.contract_number = closings.contract_number and facts.point_code = closings.point_code
    inner join business_step.known_file as files
        on files.source_file_id = facts.source_file_id and files.closing <= closings.closing
    qualify row_number() over (
        partition by facts.contract_number, facts.point_code, closings.closing, facts.act_number
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
),

acts as (
    select
        months.contract_number,
        months.point_code,
        months.service_period,
        months.closing,
        facts.act_kwh,
        facts.power_kw,
        facts.valid_to + 1 - facts.valid_from as act_days,
        greatest(facts.valid_from, months.first_day) - facts.valid_from as days_before,
        least(facts.valid_to, months.last_day) + 1 - facts.valid_from as days_through,
        (
            epoch(timezone('Europe/Moscow', (least(facts.valid_to, months.last_day) + 1)::timestamp))
            - epoch(timezone('Europe/Moscow', greatest(facts.valid_from, months.first_day)::timestamp))
        )::bigint // 3600 as hours
    from months
    inner join statements as facts
        on facts.contract_number = months.contract_number
        and facts.point_code = months.point_code
        and facts.closing = months.closing
        and facts.valid_from <= months.last_day and months.first_day <= facts.valid_to
),

by_act as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        sum(case
            when act_kwh is null then round(power_kw::decimal(18, 3) * hours::decimal(9, 0), 0)::bigint
            else (2 * act_kwh * days_through + act_days) // (2 * act_days) - (2 * act_kwh * days_before + act_days) // (2 * act_days)
        end)::bigint as kwh
    from acts
    group by contract_number, point_code, service_period, closing
),

by_ladder as (
    select
        estimated.contract_number,
        estimated.point_code,
        estimated.service_period,
        estimated.closing,
        registers.zone,
        case estimated.months_back when 12 then 'last_year' else 'last_known' end as basis,
        -- A part of a month takes its days' share.
        case
            when estimated.days = estimated.month_days then registers.kwh
            else (2 * registers.kwh * estimated.days + estimated.month_days) // (2 * estimated.month_days)
        end as kwh
    from estimated
    inner join registers using (contract_number, point_code, service_period, closing, months_back)
    union all
    select
        estimated.contract_number,
        estimated.point_code,
        estimated.service_period,
        estimated.closing,
        shares.zone,
        'max_power' as basis,
        ((estimated.max_power_kw * 1000)::bigint * estimated.hours * len(shares.hours) + 12000) // 24000 as kwh
    from estimated
    inner join reference.zone_hour as shares
        on shares.zone_plan = estimated.zone_plan
        and shares.valid_from <= estimated.service_period and estimated.service_period < shares.valid_to
    where estimated.months_back is null
),

metered as (
    select contract_number, point_code, service_period, closing, 'all'::zone as zone, basis, kwh
    from by_hours
    where price_category >= 3
    union all
    select registers.contract_number, registers.point_code, registers.service_period, registers.closing, registers.zone, 'register',
        registers.kwh
    from registers
    inner join months using (contract_number, point_code, service_period, closing)
    where registers.months_back = 0 and months.price_category <= 2
    union all
    select by_hours.contract_number, by_hours.point_code, by_hours.service_period, by_hours.closing, 'all', by_hours.basis, by_hours.kwh
    from by_hours
    semi join estimated using (contract_number, point_code, service_period, closing)
    union all
    select sums.contract_number, sums.point_code, sums.service_period, sums.closing, sums.zone, 'hours', sums.kwh
    from business_step.zone_sum as sums
    semi join estimated using (contract_number, point_code, service_period, closing)
)

select contract_number, point_code, service_period, closing, zone, basis::volume_basis as basis, kwh
from metered
union all
select ladder.contract_number, ladder.point_code, ladder.service_period, ladder.closing, ladder.zone, ladder.basis::volume_basis, ladder.kwh
from by_ladder as ladder
anti join metered using (contract_number, point_code, service_period, closing)
anti join by_act using (contract_number, point_code, service_period, closing)
union all
select contract_number, point_code, service_period, closing, 'all', 'act', kwh
from by_act
