-- One row per statement "from this day transmission costs so much" at a voltage and by a variant, without VAT.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.network_tariff_fact (
    valid_from date not null,
    voltage voltage not null,
    variant network_variant not null,
    energy_price decimal(12, 5) not null,  -- rub/MWh: all of it, or the losses where there are two rates
    capacity_price decimal(18, 5),         -- rub/MW·month of maintenance; null with one rate
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
