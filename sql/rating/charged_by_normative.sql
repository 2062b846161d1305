-- One row per evaluation of an account of which no meter says, or lets assume, what was used: the reason of the normative.
-- grain: account_number, service_period, closing
-- kind:  step
-- law:   ПП РФ 354 п. 60 (nobody read the meters for longer than an average lasts), п. 42 (there is no meter), п. 62 (interference)
with silent as (
    select account_number, service_period, closing, count(*) as registers
    from rating.estimate
    group by account_number, service_period, closing
    having count(average_kwh) = 0
),

standing as (
    select active.account_number, active.service_period, active.closing, count(*) as registers
    from rating.active_register as active
    semi join silent
        on silent.account_number = active.account_number
        and silent.service_period = active.service_period
        and silent.closing = active.closing
    group by active.account_number, active.service_period, active.closing
),

unmetered as (
    select evaluations.account_number, evaluations.service_period, evaluations.closing
    from rating.evaluation as evaluations
    anti join rating.active_register as active
        on active.account_number = evaluations.account_number
        and active.service_period = evaluations.service_period
        and active.closing = evaluations.closing
),

-- A meter installed in the month stands, though its first month is not reckoned by it; one that went in the month does not.
installed as (
    select unmetered.account_number, unmetered.service_period, unmetered.closing
    from unmetered
    inner join known.meter_version as versions
        on versions.account_number = unmetered.account_number
        and versions.from_closing <= unmetered.closing and unmetered.closing < versions.to_closing
        and versions.opening_period = unmetered.service_period
        and (versions.removed_on is null or versions.removed_on >= unmetered.service_period + interval 1 month)
),

unread as (
    select silent.account_number, silent.service_period, silent.closing
    from silent
    inner join standing
        on standing.account_number = silent.account_number
        and standing.service_period = silent.service_period
        and standing.closing = silent.closing
        and standing.registers = silent.registers
),

reasons as (
    select
        unread.account_number,
        unread.service_period,
        unread.closing,
        coalesce(conditions.normative_reason, 'no_reading') as reason
    from unread
    left join rating.condition as conditions
        on conditions.account_number = unread.account_number
        and conditions.service_period = unread.service_period
        and conditions.closing = unread.closing
    where conditions.is_interfered is not true
    union all
    select
        unmetered.account_number,
        unmetered.service_period,
        unmetered.closing,
        case when conditions.is_meter_impossible then 'no_meter_impossible' else 'no_meter_but_possible' end as reason
    from unmetered
    anti join installed
        on installed.account_number = unmetered.account_number
        and installed.service_period = unmetered.service_period
        and installed.closing = unmetered.closing
    anti join rating.real_use as used
        on used.account_number = unmetered.account_number
        and used.service_period = unmetered.service_period
        and used.closing <= unmetered.closing
    left join rating.condition as conditions
        on conditions.account_number = unmetered.account_number
        and conditions.service_period = unmetered.service_period
        and conditions.closing = unmetered.closing
    where conditions.is_interfered is not true
    union all
    -- Whatever the meter showed: nobody trusts it.
    select account_number, service_period, closing, 'interference' as reason
    from rating.condition
    where is_interfered
)

select * from reasons
