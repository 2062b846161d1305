-- One row per range of accounts that a replay under way has finished: what it takes up again after it was killed.
-- grain: first_account
-- kind:  fact
create table if not exists replay.bucket (
    job varchar not null,                  -- hash of rules, reference data, files and ranges: of another one nothing is taken up
    first_account bigint not null,
    last_account bigint not null           -- both in
);
