-- One row per document of a bank statement (платёжный документ), in either direction, as the bank writes it.
-- grain: source_file_id, source_line
-- kind:  fact
-- A document that another statement brings again (the same accounts, day, number, sum and purpose) is no second fact.
create table if not exists intake.bank_document_fact (
    kind varchar not null,                 -- Платежное поручение, Банковский ордер, …; empty where the bank does not say
    number varchar not null,               -- repeats from day to day: no name of a document by itself
    drawn_on date not null,
    amount_kopecks bigint not null,
    received_on date,                      -- the day it reached our account, null where the bank does not say
    spent_on date,                         -- the day it left the payer's
    direction bank_direction not null,     -- by which of the two accounts is ours
    own_account varchar,                   -- null in an unknown direction
    payer_account varchar,
    payer_inn varchar,
    payer_kpp varchar,
    payer_name varchar,
    payer_bic varchar,
    payee_account varchar,
    payee_inn varchar,
    payee_kpp varchar,
    payee_name varchar,
    payee_bic varchar,
    purpose varchar not null,              -- назначение платежа, its parts joined
    other struct(key varchar, value varchar)[] not null,   -- every other line of the document, in its order
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
