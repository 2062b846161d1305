-- One row per line that repeats a fact already known: nothing new, nothing lost.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.duplicate_row (
    source_file_id integer not null,
    source_line bigint not null,
    first_file_id integer not null,
    first_line bigint not null
);
