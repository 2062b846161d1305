-- One row per statement "from this day the point is supplied so under the contract" (точка поставки).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.supply_point_fact (
    contract_number varchar not null,
    point_code varchar not null,
    valid_from date not null,
    valid_to date,                         -- last day of supply under this contract; null while it goes on
    address varchar not null,
    voltage voltage not null,
    power_group power_group not null,
    max_power_kw decimal(12, 3) not null,
    price_category tinyint not null,       -- 1 to 6
    network_variant network_variant not null,
    zone_plan zone_plan not null,          -- zones of the second category; one_rate elsewhere
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
