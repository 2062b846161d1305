-- One row per register value somebody sent (показание), right or wrong: verdicts come later.
-- grain: reading_id
-- kind:  fact
create table if not exists intake.reading_fact (
    reading_id bigint not null,            -- source_file_id * 2^36 + source_line * 16 + ordinal in the line
    account_number bigint not null,
    meter_serial varchar not null,
    zone zone not null,
    read_on date not null,
    received_at timestamptz not null,
    value decimal(15, 3) not null,         -- as sent; only whole kWh are billed (decision 9)
    channel channel not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
