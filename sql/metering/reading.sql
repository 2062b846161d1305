-- One row per reading (показание) with its verdict; an accepted one carries the energy used since the accepted one before it.
-- grain:    reading_id
-- kind:     journal
-- rewrites: known_period > (select sealed_period from replay.bounds)
-- law:      decisions 4, 9, 10; the rules themselves are rows of reference.reading_rule
create table if not exists metering.reading (
    reading_id bigint not null,
    account_number bigint not null,
    meter_serial varchar not null,
    zone zone not null,
    zone_plan zone_plan,                   -- of the meter as known when judged; null when the meter is unknown
    read_on date not null,
    received_at timestamptz not null,
    value decimal(15, 3) not null,         -- as sent
    register bigint not null,              -- whole kWh of the value: what is billed
    channel channel not null,
    verdict verdict not null,
    rule_id varchar,                       -- the rule that refused or holds it; null when accepted
    period date not null,                  -- the month it counts for
    previous_register bigint,              -- what it was compared with
    from_period date,                      -- first month the energy was used in: after the accepted one before; null unless accepted
    consumption_kwh bigint,                -- energy since then, transformer ratio included; below zero where a controller read less
    chain_position bigint,                 -- place in the chain of its register; null when refused before any comparison
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);

select
    arrived.reading_id,
    arrived.account_number,
    arrived.meter_serial,
    arrived.zone,
    arrived.zone_plan,
    arrived.read_on,
    arrived.received_at,
    arrived.value,
    arrived.register,
    arrived.channel,
    coalesce(walked.verdict, findings.verdict, 'accepted') as verdict,
    coalesce(walked.rule_id, findings.rule_id) as rule_id,
    arrived.period,
    case when walked.reading_id is not null then walked.previous_register else links.previous_register end as previous_register,
    case
        when walked.verdict = 'accepted' then least(walked.previous_period + interval 1 month, arrived.period)::date
        when walked.reading_id is null and links.reading_id is not null
            then least(links.previous_period + interval 1 month, arrived.period)::date
    end as from_period,
    case
        when walked.reading_id is not null then walked.energy_kwh
        else (arrived.register - links.previous_register) * arrived.transformer_ratio
    end as consumption_kwh,
    links.chain_position,
    arrived.known_period,
    arrived.source_file_id,
    arrived.source_line
from judging.arrival as arrived
left join judging.link as links on links.reading_id = arrived.reading_id
left join judging.finding as findings on findings.reading_id = arrived.reading_id
left join judging.walk as walked on walked.reading_id = arrived.reading_id
