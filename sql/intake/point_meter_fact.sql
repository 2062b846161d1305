-- One row per statement about a meter of a point of supply; a later one about the same meter replaces the earlier.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.point_meter_fact (
    point_code varchar not null,
    meter_serial varchar not null,
    zone_plan zone_plan not null,
    whole_digits tinyint not null,
    transformer_ratio integer not null,
    installed_on date not null,
    removed_on date,
    verified_until date,
    opening_t1 decimal(15, 3) not null,
    opening_t2 decimal(15, 3),
    opening_t3 decimal(15, 3),
    closing_t1 decimal(15, 3),             -- what the registers showed when it was taken down
    closing_t2 decimal(15, 3),
    closing_t3 decimal(15, 3),
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
