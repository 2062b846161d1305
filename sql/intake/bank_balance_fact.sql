-- One row per account and stretch of days of a bank statement: what the account held, received and spent.
-- grain: source_file_id, source_line
-- kind:  fact
-- A later statement that says something else of the same days is a fact of its own: what was taken at noon is not the whole day.
create table if not exists intake.bank_balance_fact (
    account varchar not null,
    first_day date not null,
    last_day date not null,
    opening_kopecks bigint not null,
    received_kopecks bigint,               -- null where the bank does not say
    spent_kopecks bigint,
    closing_kopecks bigint,
    other struct(key varchar, value varchar)[] not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
