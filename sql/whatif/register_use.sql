-- One row per account, month, register and basis: the energy that is charged for the month as the ledger stands; what flats pay for
-- their house is not among it.
-- Parameters: first_period, last_period.
select
    lines.account_number,
    lines.service_period,
    (select open_period from snapshot.replay.bounds) as closing,
    registers.register_key,
    max(lines.zone_plan) as zone_plan,
    lines.basis,
    sum(lines.kwh)::bigint as energy_kwh,
    null::value_status as use_status
from snapshot.ledger.charge_line as lines
inner join known.register as registers
    on registers.account_number = lines.account_number
    and registers.meter_serial = lines.meter_serial
    and registers.zone = lines.zone
where
    -- Nothing is posted before the month it pays for: segments of older months are passed over.
    lines.posting_period >= $first_period
    and lines.service_period between $first_period and $last_period
    and lines.basis in ('reading', 'average', 'normative')
    and lines.account_number between getvariable('first_account') and getvariable('last_account')
group by lines.account_number, lines.service_period, registers.register_key, lines.basis
having sum(lines.kwh) <> 0
