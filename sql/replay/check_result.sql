-- One row per run and check: how many rows broke the claim in that night.
-- grain: run_id, check_name
-- kind:  fact
create table if not exists replay.check_result (
    run_id integer not null,
    check_name varchar not null,
    claim varchar not null,
    asset varchar not null,                -- the table it watches
    is_blocking boolean not null,          -- a broken one of these keeps the night from publishing
    offenders bigint not null
);
