-- One row per decision of a specialist about a payment: assign it, move it, take it back, name its month.
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.payment_decision_fact (
    agent varchar not null,                -- with operation_id: the payment it is about
    operation_id varchar not null,
    decision payment_decision not null,
    account_number bigint,                 -- whose the payment is from now on; null where the decision names none
    named_period date,                     -- the month it pays for from now on; null: as before
    decided_by varchar not null,
    comment varchar,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
