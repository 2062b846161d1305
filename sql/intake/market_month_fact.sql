-- One row per month, version: provisional.
-- grain: period, version, source_file_id
-- kind:  fact
create table if not exists intake.market_month_fact (
    period date not null,
    version varchar not null,
    capacity_price decimal(18, 5) not null,
    average_price decimal(12, 5) not null,
    zone_prices map(varchar, decimal(12, 5)) not null,
    alpha_pgp decimal(18, 3), alpha_pret decimal(18, 3), alpha_pcat decimal(18, 3), alpha_pnas decimal(18, 3),
    alpha_egp decimal(18, 3), alpha_eret decimal(18, 3), alpha_ecat decimal(18, 3), alpha_enas decimal(18, 3),
    a_rate decimal(12, 5) not null,
    b_rate decimal(12, 5) not null,
    markups map(varchar, decimal(12, 5)) not null,
    infrastructure decimal(12, 5) not null,
    peak_hours map(date, tinyint) not null,
    planned_hours tinyint[] not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
