-- One row per evaluation: the energy of all registers that used some, and where its bands end.
-- grain: account_number, service_period, closing
-- kind:  step
with metered as (
    select
        account_number,
        service_period,
        closing,
        sum(energy_kwh)::bigint as volume_kwh,
        count(*) as registers,
        -- Of the one register there is, most times.
        any_value(register_key) as register_key,
        any_value(zone_plan) as zone_plan,
        any_value(basis) as basis,
        any_value(use_status) as use_status
    from rating.register_use
    where energy_kwh > 0
    group by account_number, service_period, closing
),

-- Who used nothing himself still pays his share of the house, and is given back what a controller read less.
unused as (
    select account_number, service_period, closing from rating.flat_need
    union
    select account_number, service_period, closing from rating.register_use where energy_kwh < 0
),

volumes as (
    select * from metered
    union all by name
    select unused.*, 0 as volume_kwh, 0 as registers
    from unused
    anti join metered
        on metered.account_number = unused.account_number
        and metered.service_period = unused.service_period
        and metered.closing = unused.closing
)

select
    volumes.*,
    knowledge.epoch,
    limits.limit_id,
    -- No norm or range for the exempt: all of it in the first band.
    case when conditions.is_unlimited is not true then limits.first_limit_kwh end as first_limit_kwh,
    case when conditions.is_unlimited is not true then limits.second_limit_kwh end as second_limit_kwh
from volumes
inner join rating.knowledge as knowledge on knowledge.closing = volumes.closing
inner join known.account_version as accounts
    on accounts.account_number = volumes.account_number
    and accounts.from_period <= volumes.service_period and volumes.service_period < accounts.to_period
    and accounts.known_from <= volumes.closing and volumes.closing < accounts.known_to
left join known.tenant_version as tenants
    on tenants.account_number = volumes.account_number
    and tenants.from_period <= volumes.service_period and volumes.service_period < tenants.to_period
    and tenants.known_from <= volumes.closing and volumes.closing < tenants.known_to
left join rating.band_limit as limits
    on limits.period = volumes.service_period
    and limits.epoch = knowledge.epoch
    and limits.settlement = accounts.settlement
    and limits.stove = accounts.stove
    and limits.heating = accounts.heating
    -- law: ПП РФ 354 п. 56(2): persons unknown, so the owners count; one is the least
    and limits.persons = coalesce(tenants.persons, 1)
left join rating.condition as conditions
    on conditions.account_number = volumes.account_number
    and conditions.service_period = volumes.service_period
    and conditions.closing = volumes.closing
