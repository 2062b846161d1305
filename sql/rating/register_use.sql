-- One row per evaluation, register and basis: energy of the service period as known at the closing, kWh (расход по зоне).
-- grain: account_number, service_period, closing, register_key, basis
-- kind:  step
with bounds as (
    select sealed_period from replay.bounds
),

-- Reckoned once: all there is was learned at that closing. Reckoned again: what earlier closings knew counts too.
really as (
    select used.account_number, used.service_period, used.closing, used.register_key, used.zone_plan, used.energy_kwh
    from rating.real_use as used
    anti join rating.reckoned_again as again
        on again.account_number = used.account_number and again.service_period = used.service_period
    where used.service_period > (select sealed_period from bounds)
    union all
    select
        evaluations.account_number,
        evaluations.service_period,
        evaluations.closing,
        used.register_key,
        max(used.zone_plan) as zone_plan,
        sum(used.energy_kwh)::bigint as energy_kwh
    from rating.real_use as used
    semi join rating.reckoned_again as again
        on again.account_number = used.account_number and again.service_period = used.service_period
    inner join rating.evaluation as evaluations
        on evaluations.account_number = used.account_number
        and evaluations.service_period = used.service_period
        and used.closing <= evaluations.closing
    group by evaluations.account_number, evaluations.service_period, evaluations.closing, used.register_key
),

on_average as (
    select
        silence.account_number,
        silence.service_period,
        silence.closing,
        silence.register_key,
        silence.zone_plan,
        averages.average_kwh as energy_kwh
    from rating.silence as silence
    inner join reference.estimation_rule as rules
        on rules.valid_from <= silence.service_period and silence.service_period < rules.valid_to
    inner join rating.average as averages
        on averages.register_key = silence.register_key
        and averages.last_period = silence.last_period
        and averages.average_closing = silence.average_closing
    inner join known.account_version as accounts
        on accounts.account_number = silence.account_number
        and accounts.from_period <= silence.service_period and silence.service_period < accounts.to_period
        and accounts.known_from <= silence.closing and silence.closing < accounts.known_to
    where
        silence.service_period <= silence.last_period + to_months(rules.average_periods)
        and accounts.first_month <= silence.service_period
        and (accounts.valid_to is null or silence.service_period <= accounts.valid_to)
),

by_normative as (
    select
        charged.account_number,
        charged.service_period,
        charged.closing,
        -charged.account_number as register_key,
        'one_rate'::zone_plan as zone_plan,
        normatives.kwh as energy_kwh
    from rating.charged_by_normative as charged
    inner join known.account_version as accounts
        on accounts.account_number = charged.account_number
        and accounts.from_period <= charged.service_period and charged.service_period < accounts.to_period
        and accounts.known_from <= charged.closing and charged.closing < accounts.known_to
    left join known.tenant_version as tenants
        on tenants.account_number = charged.account_number
        and tenants.from_period <= charged.service_period and charged.service_period < tenants.to_period
        and tenants.known_from <= charged.closing and charged.closing < tenants.known_to
    inner join rating.normative as normatives
        on normatives.period = charged.service_period
        and normatives.stove = accounts.stove
        and normatives.heating = accounts.heating
        -- law: ПП РФ 354 п. 56(2): nobody registered, so the owners count; one is the least
        and normatives.persons = greatest(coalesce(tenants.persons, 1), 1)
        and normatives.reason = charged.reason
    where
        accounts.first_month <= charged.service_period
        and (accounts.valid_to is null or charged.service_period <= accounts.valid_to)
)

select *, 'reading'::basis as basis from really where energy_kwh > 0
union all
select *, 'average'::basis as basis from on_average where energy_kwh > 0
union all
select *, 'normative'::basis as basis from by_normative where energy_kwh > 0
