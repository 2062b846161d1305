-- One row per register and stretch of months that readings of one month measured: the energy used in it, kWh.
-- grain: register_key, from_period, period, closing
-- kind:  step
-- Old readings matter only where a closed month is reckoned again: an average looks back so many months from the last it may
-- still be charged for, and who was silent longer is charged by the normative.
with recent as (
    select
        sealed_period - to_months((select max(average_months_most + average_periods) from reference.estimation_rule)) as first_period,
        open_period
    from replay.bounds
),

touched as (
    select account_number
    from metering.reading
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and known_period > (select sealed_period from replay.bounds)
        and from_period <= (select sealed_period from replay.bounds)
    union
    select account_number from known.back_dated
),

accepted as (
    select readings.account_number, readings.meter_serial, readings.zone, readings.zone_plan, readings.from_period, readings.period,
        readings.known_period, readings.consumption_kwh
    from metering.reading as readings
    where
        readings.account_number between getvariable('first_account') and getvariable('last_account')
        and readings.verdict = 'accepted'
        and readings.period <= (select open_period from recent)
        and (
            readings.period >= (select first_period from recent)
            or readings.account_number in (select account_number from touched)
        )
)

select
    registers.register_key,
    accepted.account_number,
    accepted.zone_plan,
    accepted.from_period,
    accepted.period,
    greatest(accepted.period, accepted.known_period) as closing,
    sum(accepted.consumption_kwh)::bigint as energy_kwh
from accepted
inner join known.register as registers
    on registers.account_number = accepted.account_number
    and registers.meter_serial = accepted.meter_serial
    and registers.zone = accepted.zone
group by all
