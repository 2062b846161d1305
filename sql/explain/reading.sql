-- Readings that one month's lines rest on, and all that came to be known in it, with verdict, file and line.
-- Parameters: account, period.
with services as (
    select distinct service_period
    from ledger.charge_line
    where account_number = $account and posting_period = $period
)

select
    readings.period,
    readings.from_period,
    readings.meter_serial,
    readings.zone::varchar as zone,
    readings.read_on,
    readings.channel::varchar as channel,
    readings.verdict::varchar as verdict,
    readings.rule_id,
    readings.previous_register,
    readings.register,
    readings.consumption_kwh,
    files.name as file_name,
    files.sha256,
    readings.source_line
from metering.reading as readings
inner join intake.source_file as files on files.source_file_id = readings.source_file_id
where
    readings.account_number = $account
    and readings.known_period <= $period
    and (
        readings.known_period = $period
        or (
            readings.verdict = 'accepted'
            and exists (
                select 1 from services
                where readings.from_period <= services.service_period and services.service_period <= readings.period
            )
        )
    )
order by readings.period, readings.received_at, readings.source_file_id, readings.source_line, readings.zone
