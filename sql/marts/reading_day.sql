-- One row per district, category, month that readings count for, day, channel, verdict and rule: how many were received.
-- grain:    district, category, period, known_period, day, channel, verdict, rule_id
-- kind:     journal
-- rewrites: known_period > (select sealed_period from replay.bounds)
-- District and category are null where the account had no balance in that month: it was not known yet. A reading dated ahead is
-- placed by the month it came in, for the month ahead is not known at its closing.
create table if not exists marts.reading_day (
    district varchar,
    category category,
    period date not null,
    known_period date not null,
    day date not null,
    channel channel not null,
    verdict verdict not null,
    rule_id varchar,
    readings bigint not null
);

select
    months.district,
    months.category,
    readings.period,
    readings.known_period,
    readings.received_at::date as day,
    readings.channel,
    readings.verdict,
    readings.rule_id,
    count(*) as readings
from metering.reading as readings
left join marts.account_month as months
    on months.account_number = readings.account_number and months.period = least(readings.period, readings.known_period)
where readings.known_period > (select sealed_period from replay.bounds)
group by all
order by period, day, district, category, channel
