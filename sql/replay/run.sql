-- One row per published run (ночь): what it took in, and up to when it knows.
-- grain: run_id
-- kind:  fact
create table if not exists replay.run (
    run_id integer not null,
    started_at timestamptz not null,       -- clock columns: excluded when two runs are compared (decision 7)
    finished_at timestamptz not null,
    as_of timestamptz not null,            -- the newest instant the run knows
    open_period date not null,             -- month of as_of; every earlier month is closed for good
    rules_version varchar not null,
    files bigint not null,
    rows_received bigint not null,
    rows_accepted bigint not null,
    rows_rejected bigint not null,
    rows_duplicate bigint not null,
    reference_sha256 varchar not null      -- of the reference data it reckoned by
);
