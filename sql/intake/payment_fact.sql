-- One row per payment (refund below zero) in a registry, acquiring report, post or cash office file.
-- grain: payment_id
-- kind:  fact
create table if not exists intake.payment_fact (
    payment_id bigint not null,            -- source_file_id * 2^36 + source_line * 16
    account_number bigint,                 -- null when what was written is no account number: suspense
    account_as_written varchar not null,
    paid_on date not null,
    amount_kopecks bigint not null,
    channel channel not null,
    agent varchar not null,                -- whose operation numbers these are
    operation_id varchar not null,         -- unique within the agent: the key that stops a second payment
    named_period date,                     -- the period the payer named; null when none
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
