-- One row per hour, version: provisional.
-- grain: period, version, day, hour, source_file_id
-- kind:  fact
create table if not exists intake.market_hour_fact (
    period date not null,
    version varchar not null,
    day date not null,
    hour tinyint not null,
    day_ahead decimal(12, 5) not null,
    energy decimal(12, 5) not null,
    imbalance_up decimal(12, 5) not null,
    imbalance_down decimal(12, 5) not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
