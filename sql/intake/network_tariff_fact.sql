-- One row per tariff: provisional.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.network_tariff_fact (
    valid_from date not null,
    voltage voltage not null,
    variant network_variant not null,
    energy_price decimal(12, 5) not null,
    capacity_price decimal(18, 5),
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
