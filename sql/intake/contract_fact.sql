-- One row per statement "from this day the contract is so" (договор энергоснабжения).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.contract_fact (
    contract_number varchar not null,
    valid_from date not null,
    valid_to date,                         -- last day of the contract; null while it runs
    inn varchar not null,
    kpp varchar,                           -- null: a person with an INN of 12 digits has none
    name varchar not null,
    customer_kind customer_kind not null,  -- whose scale of penalties holds
    representative varchar,
    position varchar,
    authority varchar,                     -- on what the representative acts: charter, power of attorney
    email varchar,
    phone varchar,
    payment_schedule payment_schedule not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
