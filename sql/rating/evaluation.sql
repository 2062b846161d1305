-- One row per account, service period and closing at which that period is reckoned, because facts that touch it became known.
-- grain: account_number, service_period, closing
-- kind:  step
-- law:   decision 2: an account is evaluated only at closings with new facts for it
with bounds as (
    select sealed_period, open_period from replay.bounds
),

by_reading as (
    select
        readings.account_number,
        readings.period as service_period,
        greatest(readings.period, readings.known_period) as closing
    from metering.reading as readings, bounds
    where
        readings.account_number between getvariable('first_account') and getvariable('last_account')
        and readings.verdict = 'accepted'
        and readings.period <= bounds.open_period
        and (readings.period > bounds.sealed_period or readings.known_period > bounds.sealed_period)
    group by all
),

-- Statements about tenants or the account that reach back before the closing that learned them. The first statement about an
-- account says how it was before, too.
back_dated as (
    select account_number, known_period as closing, min(date_trunc('month', valid_from))::date as from_period
    from intake.tenant_fact
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and known_period > (select sealed_period from bounds)
    group by account_number, known_period
    union all
    select
        facts.account_number,
        facts.known_period as closing,
        min(case
            when facts.valid_from = versions.valid_from then versions.from_period
            else date_trunc('month', facts.valid_from)
        end)::date as from_period
    from intake.account_fact as facts
    inner join known.account_version as versions
        on versions.account_number = facts.account_number
        and versions.known_from = facts.known_period
        and versions.from_period = date '1900-01-01'
    where
        facts.account_number between getvariable('first_account') and getvariable('last_account')
        and facts.known_period > (select sealed_period from bounds)
    group by facts.account_number, facts.known_period
),

by_statement as (
    select distinct readings.account_number, readings.period as service_period, back_dated.closing
    from metering.reading as readings
    inner join back_dated
        on back_dated.account_number = readings.account_number
        and back_dated.from_period <= readings.period
        and readings.period < back_dated.closing
        and readings.known_period < back_dated.closing
    where
        readings.account_number between getvariable('first_account') and getvariable('last_account')
        and readings.verdict = 'accepted'
)

select * from by_reading
union
select * from by_statement
