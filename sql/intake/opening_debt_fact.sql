-- One row per debt (or, below zero, advance) by service period that the account brought into this system.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.opening_debt_fact (
    account_number bigint not null,
    service_period date not null,
    amount_kopecks bigint not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
