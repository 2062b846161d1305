-- One row per file the inbox ever held, with what became of its rows.
-- grain: source_file_id
-- kind:  fact
-- Ids grow with known_at. A refused file keeps its row, its lines count as rejected, and the reason stands in rejected_row.
create table if not exists intake.source_file (
    source_file_id integer not null,
    channel channel,                       -- null when the folder names no channel
    kind varchar,                          -- layout that read it: readings, bank_registry, …; null when none did
    name varchar not null,                 -- path below the inbox
    sha256 varchar not null,
    size_bytes bigint not null,
    known_at timestamptz not null,         -- decision 1: the instant of delivery, recorded once
    known_period date not null,            -- first closing that may use its facts
    run_id integer not null,               -- the run that met it first
    status varchar not null check (status in ('registered', 'accepted', 'refused')),
    rows_received bigint not null,
    rows_accepted bigint not null,
    rows_rejected bigint not null,
    rows_duplicate bigint not null,
    control_rows bigint,                   -- what the registry's own footer says; null where the layout has none
    control_kopecks bigint,                -- the same for its sum
    received_kopecks bigint                -- sum of the amounts of all rows read, duplicates included
);
