-- One row per statement "from this day the account is so" (лицевой счёт).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.account_fact (
    account_number bigint not null,
    valid_from date not null,
    valid_to date,                         -- the day the account is closed; null while open
    house_id varchar,                      -- null: the account is its own house
    district varchar not null,
    holder_name varchar not null,
    address varchar not null,
    settlement settlement not null,
    stove stove not null,
    heating heating not null,
    rooms integer,                         -- null: not told
    dwelling dwelling,                     -- null: not told
    area_m2 decimal(9, 2),                 -- null: not told
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
