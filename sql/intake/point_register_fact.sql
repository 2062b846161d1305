-- One row per monthly reading of a register at a point of supply (показание на конец месяца).
-- grain: source_file_id, source_line
-- kind:  fact
-- law:   ПП РФ 442: read at 00:00 of the 1st of the month after the period (RULES.md 9.1)
create table if not exists intake.point_register_fact (
    point_code varchar not null,
    meter_serial varchar not null,
    zone zone not null,
    service_period date not null,          -- the month that ends with this reading
    value decimal(15, 3) not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
