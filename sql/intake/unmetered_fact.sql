-- One row per statement of an act about energy no meter measured (акт о неучтённом или безучётном потреблении).
-- grain: source_file_id, source_line
-- kind:  fact
-- A later statement with the same contract, point and number of the act replaces the earlier.
create table if not exists intake.unmetered_fact (
    contract_number varchar not null,
    point_code varchar not null,
    act_number varchar not null,
    valid_from date not null,              -- first day it speaks of
    valid_to date not null,                -- last day
    act_kwh bigint,                        -- the volume the act names, or
    power_kw decimal(12, 3),               -- the power that counts for every hour of those days
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
