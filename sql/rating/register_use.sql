-- One row per evaluation, register and basis: energy of the service period as known at the closing, kWh (расход по зоне).
-- grain: account_number, service_period, closing, register_key, basis
-- kind:  step
-- Below zero where a controller read less than was charged before.
-- `use_status`: how sure the normative is; null where a meter says what was used, or lets assume it.
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

assumed as (
    select account_number, service_period, closing, register_key, zone_plan, average_kwh, null as reason
    from rating.estimate
    where average_kwh is not null
    union all
    select account_number, service_period, closing, -account_number, 'one_rate'::zone_plan, null, reason
    from rating.charged_by_normative
),

-- Where nothing was read, something is charged only for months in which the account exists.
charged as (
    select
        assumed.account_number,
        assumed.service_period,
        assumed.closing,
        assumed.register_key,
        assumed.zone_plan,
        case
            when assumed.reason is null then assumed.average_kwh
            -- law: ПП РФ 354 п. 90: only where no meter can be installed, in proportion to the days of absence
            when assumed.reason = 'no_meter_impossible' and conditions.absent_days > 0
                then (
                    2 * normatives.kwh * (day(last_day(assumed.service_period)) - conditions.absent_days)
                    + day(last_day(assumed.service_period))
                ) // (2 * day(last_day(assumed.service_period)))
            else normatives.kwh
        end as energy_kwh,
        case when assumed.reason is null then 'average' else 'normative' end::basis as basis,
        normatives.status as use_status
    from assumed
    inner join known.account_version as accounts
        on accounts.account_number = assumed.account_number
        and accounts.from_period <= assumed.service_period and assumed.service_period < accounts.to_period
        and accounts.known_from <= assumed.closing and assumed.closing < accounts.known_to
    left join known.tenant_version as tenants
        on tenants.account_number = assumed.account_number
        and tenants.from_period <= assumed.service_period and assumed.service_period < tenants.to_period
        and tenants.known_from <= assumed.closing and assumed.closing < tenants.known_to
    inner join rating.knowledge as knowledge on knowledge.closing = assumed.closing
    left join rating.normative as normatives
        on normatives.period = assumed.service_period
        and normatives.epoch = knowledge.epoch
        and normatives.stove = accounts.stove
        and normatives.heating = accounts.heating
        -- law: ПП РФ 354 п. 56(2): nobody registered, so the owners count; one is the least
        and normatives.persons = greatest(coalesce(tenants.persons, 1), 1)
        and normatives.dwelling is not distinct from accounts.dwelling
        and normatives.rooms is not distinct from accounts.rooms
        and normatives.reason = assumed.reason
    left join rating.condition as conditions
        on conditions.account_number = assumed.account_number
        and conditions.service_period = assumed.service_period
        and conditions.closing = assumed.closing
    where
        accounts.first_month <= assumed.service_period
        and (accounts.valid_to is null or assumed.service_period <= accounts.valid_to)
)

select really.*, 'reading'::basis as basis, null::value_status as use_status
from really
-- law: ПП РФ 354 п. 62: after interference the normative takes the place of what the meter showed
anti join (select * from rating.condition where is_interfered) as interfered
    on interfered.account_number = really.account_number
    and interfered.service_period = really.service_period
    and interfered.closing = really.closing
where energy_kwh <> 0
union all by name
select * from charged where energy_kwh > 0
