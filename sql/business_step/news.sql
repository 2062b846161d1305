-- One row per thing a closing of businesses learned: of a contract, of a point, or (neither named) of all, and the months it speaks of.
-- grain: contract_number, point_code, closing, from_period, to_period
-- kind:  step
with files as (
    select * from business_step.known_file
),

registers as (
    select facts.point_code, facts.meter_serial, facts.zone, facts.service_period, files.closing
    from intake.point_register_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
),

-- What comes late also says how much was used in the months before it that were never read.
read as (
    select
        registers.point_code,
        registers.closing,
        registers.service_period,
        max(earlier.service_period) as read_before
    from registers
    left join registers as earlier
        on earlier.point_code = registers.point_code
        and earlier.meter_serial = registers.meter_serial
        and earlier.zone = registers.zone
        and earlier.service_period < registers.service_period
        and earlier.closing <= registers.closing
    where registers.closing > (select sealed_period from business.bounds)
    group by registers.point_code, registers.closing, registers.service_period, registers.meter_serial, registers.zone
),

learned as (
    select facts.contract_number, null as point_code, files.closing, date_trunc('month', facts.valid_from) as from_period,
        files.closing as to_period
    from intake.supply_point_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    union all
    select
        null,
        facts.point_code,
        files.closing,
        date_trunc('month', min(facts.installed_on) over (partition by facts.point_code, facts.meter_serial)),
        files.closing
    from intake.point_meter_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    union all
    select null, point_code, closing, coalesce(read_before + interval 1 month, date '1900-01-01'), closing
    from read
    union all
    select
        facts.contract_number,
        null,
        files.closing,
        date_trunc('month', min(facts.valid_from) over act),
        date_trunc('month', max(facts.valid_to) over act)
    from intake.unmetered_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    window act as (partition by facts.contract_number, facts.point_code, facts.act_number)
    union all
    select facts.contract_number, null, files.closing, date_trunc('month', facts.day), date_trunc('month', facts.day)
    from intake.plan_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    union all
    -- What comes late also says how long a point was silent, and what stands in for the same hours a year later.
    select
        null,
        facts.point_code,
        files.closing,
        date_trunc('month', facts.day) + to_months(lags.from_months),
        date_trunc('month', facts.day) + to_months(lags.to_months)
    from intake.energy_day_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    cross join (values (0, (select max(months_most) from reference.substitution_rule)), (12, 12)) as lags (from_months, to_months)
    union all
    -- What a bypass breaker carried is another point's.
    select null, unnest(facts.bypass_of), files.closing, date_trunc('month', facts.day), date_trunc('month', facts.day)
    from intake.energy_day_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    where facts.bypass_of is not null
    union all
    select null, null, files.closing, facts.period, facts.period
    from intake.market_hour_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    union all
    select null, null, files.closing, facts.period, facts.period
    from intake.market_month_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
    union all
    select null, null, files.closing, date_trunc('month', facts.valid_from), files.closing
    from intake.network_tariff_fact as facts
    inner join files on files.source_file_id = facts.source_file_id
)

select distinct contract_number, point_code, closing, from_period::date as from_period, to_period::date as to_period
from learned
where closing > (select sealed_period from business.bounds) and from_period < closing
