-- One row per reading that was held or rejected, as it stood when its month closed, beside the place of its account.
-- grain:    reading_id
-- kind:     journal
-- rewrites: known_period > (select sealed_period from replay.bounds)
-- A few of a hundred readings, kept by themselves, so that a list of a month need not look through all of them. District and category
-- are null where the account had no balance in that month: it was not known yet.
create table if not exists marts.refused_reading (
    reading_id bigint not null,
    account_number bigint not null,
    district varchar,
    category category,
    meter_serial varchar not null,
    zone zone not null,
    read_on date not null,
    received_at timestamptz not null,
    value decimal(15, 3) not null,         -- as sent
    previous_register bigint,              -- what it was compared with
    channel channel not null,
    verdict verdict not null,
    rule_id varchar not null,
    period date not null,                  -- the month it counts for
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);

select
    readings.reading_id,
    readings.account_number,
    months.district,
    months.category,
    readings.meter_serial,
    readings.zone,
    readings.read_on,
    readings.received_at,
    readings.value,
    readings.previous_register,
    readings.channel,
    readings.verdict,
    readings.rule_id,
    readings.period,
    readings.known_period,
    readings.source_file_id,
    readings.source_line
from metering.reading as readings
left join marts.account_month as months
    on months.account_number = readings.account_number and months.period = least(readings.period, readings.known_period)
where readings.verdict <> 'accepted' and readings.known_period > (select sealed_period from replay.bounds)
order by readings.period, readings.received_at, readings.reading_id
