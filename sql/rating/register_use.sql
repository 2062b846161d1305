-- One row per evaluation, meter and zone: energy of the service period as known at the closing, kWh (расход по зоне).
-- grain: account_number, service_period, closing, meter_serial, zone
-- kind:  step
with learned as (
    select
        account_number,
        period as service_period,
        greatest(period, known_period) as closing,
        meter_serial,
        zone,
        max(zone_plan) as zone_plan,
        sum(consumption_kwh)::bigint as energy_kwh
    from metering.reading
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and verdict = 'accepted'
        and period <= (select open_period from replay.bounds)
        and (
            period > (select sealed_period from replay.bounds)
            or (account_number, period) in (select account_number, service_period from rating.reckoned_again)
        )
    group by all
),

-- Reckoned once: all there is was learned at that closing. Reckoned again: what earlier closings knew counts too.
used as (
    select learned.*
    from learned
    anti join rating.reckoned_again as again on again.account_number = learned.account_number and again.service_period = learned.service_period
    union all by name
    select
        evaluations.account_number,
        evaluations.service_period,
        evaluations.closing,
        learned.meter_serial,
        learned.zone,
        max(learned.zone_plan) as zone_plan,
        sum(learned.energy_kwh)::bigint as energy_kwh
    from learned
    semi join rating.reckoned_again as again on again.account_number = learned.account_number and again.service_period = learned.service_period
    inner join rating.evaluation as evaluations
        on evaluations.account_number = learned.account_number
        and evaluations.service_period = learned.service_period
        and learned.closing <= evaluations.closing
    group by all
)

select * from used where energy_kwh > 0
