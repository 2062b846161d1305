-- One row per statement of what the meter of a house measured in a month (объём по общедомовому прибору учёта).
-- grain: source_file_id, source_line
-- kind:  fact
-- A later statement about the same house and month replaces the earlier.
create table if not exists intake.house_volume_fact (
    house_id varchar not null,
    service_period date not null,
    metered_kwh bigint not null,           -- by the meter of the house
    other_kwh bigint not null,             -- of it: premises that are no flats, and flats billed by others
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
