-- One row per point, channel, day, message: provisional.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.energy_day_fact (
    point_code varchar not null,
    channel_code varchar not null,
    day date not null,
    interval_minutes smallint not null,
    wh bigint[] not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
