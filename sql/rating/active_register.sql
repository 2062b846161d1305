-- One row per evaluation and register that stands through the service period, as known at the closing.
-- grain: register_key, service_period, closing
-- kind:  step
select
    evaluations.account_number,
    evaluations.service_period,
    evaluations.closing,
    registers.register_key,
    versions.zone_plan,
    versions.opening_period
from rating.evaluation as evaluations
inner join known.meter_version as versions
    on versions.account_number = evaluations.account_number
    and versions.from_closing <= evaluations.closing and evaluations.closing < versions.to_closing
    and versions.opening_period < evaluations.service_period
    and (versions.removed_on is null or versions.removed_on >= evaluations.service_period + interval 1 month)
inner join known.register as registers
    on registers.account_number = versions.account_number
    and registers.meter_serial = versions.meter_serial
inner join known.plan_zone as zones on zones.zone_plan = versions.zone_plan and zones.zone = registers.zone
