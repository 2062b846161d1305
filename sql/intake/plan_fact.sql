-- One row per plan of a day handed in for a contract, or for one point of it (плановые почасовые объёмы).
-- grain: source_file_id, source_line
-- kind:  fact
-- Every version is kept; the last one handed in before the term holds.
create table if not exists intake.plan_fact (
    contract_number varchar not null,
    point_code varchar,                    -- null: the whole contract
    day date not null,
    wh bigint[] not null,                  -- one element per hour in the order in which the day passes
    submitted_at timestamptz not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
