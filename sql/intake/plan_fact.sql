-- One row per plan: provisional.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.plan_fact (
    contract_number varchar not null,
    point_code varchar,
    day date not null,
    wh bigint[] not null,
    submitted_at timestamptz not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
