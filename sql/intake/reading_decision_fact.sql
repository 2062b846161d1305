-- One row per decision of a specialist about a reading: accept it, correct it, reject it.
-- grain: source_file_id, source_line
-- kind:  fact
-- law:   decision 4: a verdict changes only through a decision. What is accepted or corrected is a reading of its own besides, of the
--        channel `specialist`, known from the decision on; the verdict on the reading it is about stays what it was
create table if not exists intake.reading_decision_fact (
    account_number bigint not null,        -- with meter, zone, instant and value: the reading it is about, as sent
    meter_serial varchar not null,
    zone zone not null,
    read_on date not null,
    received_at timestamptz not null,
    value decimal(15, 3) not null,
    decision reading_decision not null,
    decided_value decimal(15, 3),          -- what the register showed; null unless corrected
    decided_by varchar not null,
    comment varchar,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
