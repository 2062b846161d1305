-- One row per file of the prices of a month that are not hourly, without VAT.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.market_month_fact (
    period date not null,
    version price_version not null,
    capacity_price decimal(18, 5) not null,                -- c, rub/MW
    average_price decimal(12, 5) not null,                 -- w, rub/MWh
    zone_prices map(varchar, decimal(12, 5)) not null,     -- second category: zone -> rub/MWh
    alpha_pgp decimal(18, 3) not null,                     -- α: MW of the supplier, bought at retail, of categories 2 to 6, of people
    alpha_pret decimal(18, 3) not null,
    alpha_pcat decimal(18, 3) not null,
    alpha_pnas decimal(18, 3) not null,
    alpha_egp decimal(18, 3) not null,                     -- MWh of the same
    alpha_eret decimal(18, 3) not null,
    alpha_ecat decimal(18, 3) not null,
    alpha_enas decimal(18, 3) not null,
    a_rate decimal(12, 5) not null,                        -- for planned energy, signed
    b_rate decimal(12, 5) not null,                        -- for deviations, signed
    markups map(varchar, decimal(12, 5)) not null,         -- power group -> sales mark-up, rub/MWh
    infrastructure decimal(12, 5) not null,                -- other payments, rub/MWh
    peak_hours map(date, tinyint) not null,                -- working day -> hour of capacity, from 0
    planned_hours tinyint[] not null,                      -- planned peak hours of the system operator, from 0
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
