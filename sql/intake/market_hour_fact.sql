-- One row per hour and version of a file of hourly prices, rub/MWh without VAT; a file has every hour of its month.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.market_hour_fact (
    period date not null,
    version price_version not null,
    day date not null,
    hour tinyint not null,                 -- from 0, in the order in which the day passes
    day_ahead decimal(12, 5) not null,     -- r: day-ahead market (РСВ)
    energy decimal(12, 5) not null,        -- p: unregulated price of energy
    imbalance_up decimal(12, 5) not null,  -- u: for what is above the plan
    imbalance_down decimal(12, 5) not null,-- d: for what is below it
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
