-- One row per statement "from this day so many persons are registered" (зарегистрированные).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.tenant_fact (
    account_number bigint not null,
    valid_from date not null,
    persons integer not null,              -- 0: nobody is registered
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
