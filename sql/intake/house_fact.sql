-- One row per statement "from this month the house is so" (многоквартирный дом).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.house_fact (
    house_id varchar not null,
    valid_from date not null,
    management management not null,
    premises_m2 decimal(12, 2) not null,   -- all flats and other premises, without the common ones
    common_m2 decimal(12, 2) not null,     -- common premises
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
