-- One row per registry of payments taken in (реестр платежей населения): what its last line says of the transfer that pays it.
-- grain: source_file_id
-- kind:  fact
create table if not exists intake.registry_fact (
    agent varchar not null,
    registry_number varchar,               -- of the file's name; null where the name has none
    payments bigint not null,
    amount_kopecks bigint not null,        -- what the payers are credited with
    transferred_kopecks bigint not null,   -- of it what the agent transfers; the rest is its commission
    order_number varchar,                  -- of the agent's payment order; null where the registry names none
    ordered_on date,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null            -- of its last line
);
