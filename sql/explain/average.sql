-- The averages that stand in for readings in one month's lines: of which register, since when silent. Parameters: account, period.
select distinct
    silence.service_period,
    registers.meter_serial,
    registers.zone::varchar as zone,
    silence.last_period,
    averages.average_kwh
from rating.silence as silence
inner join rating.average as averages
    on averages.register_key = silence.register_key
    and averages.last_period = silence.last_period
    and averages.average_closing = silence.average_closing
inner join known.register as registers on registers.register_key = silence.register_key
semi join (
    select service_period
    from ledger.charge_line
    where account_number = $account and posting_period = $period and basis = 'average'
) as lines on lines.service_period = silence.service_period
where silence.account_number = $account and silence.closing = $period and silence.is_average_in_time
order by silence.service_period, registers.meter_serial, zone
