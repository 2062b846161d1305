-- One row per decision of a specialist about a document of a bank statement: whose contract it pays, or that it pays none.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.receipt_decision_fact (
    drawn_on date not null,                -- with number, sum and the payer's account: the document it is about
    document_number varchar not null,
    amount_kopecks bigint not null,
    payer_account varchar,
    decision receipt_decision not null,
    contract_number varchar,               -- whose the money is from now on; null where it is of no contract
    named_period date,                     -- the month it pays for; null: what the purpose names, else what fell due first
    decided_by varchar not null,
    comment varchar,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
