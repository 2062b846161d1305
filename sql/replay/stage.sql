-- One row per run and stage of its night: how long the stage took, by the clock; the publication itself is not among them.
-- grain: run_id, stage
-- kind:  fact
create table if not exists replay.stage (
    run_id integer not null,
    stage varchar not null,                -- name of the step, in the order of started_at
    started_at timestamptz not null,       -- clock columns: excluded when two runs are compared (decision 7)
    finished_at timestamptz not null
);
