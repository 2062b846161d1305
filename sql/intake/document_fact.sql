-- One row per document issued to a business (выставленный документ): once issued it is never changed.
-- grain: kind, year, number
-- kind:  fact
-- law:   numbers run without a gap within a kind and a year; a correction has a document of its own, the first one stands
create table if not exists intake.document_fact (
    kind document_kind not null,
    year integer not null,
    number integer not null,               -- 1, 2, 3, … within kind and year
    contract_number varchar not null,
    period date not null,                  -- the month it was issued for
    service_period date not null,          -- the month it speaks of: an earlier one where that was corrected or charged late
    part tinyint not null,                 -- of an advance invoice: which of the month's advances; else 0
    drawn_on date not null,
    total_kopecks bigint not null,
    content varchar not null,              -- JSON of all it shows: the same content gives the same bytes
    files struct(name varchar, sha256 varchar)[] not null,
    issued_at timestamptz not null         -- clock column: excluded when two runs are compared (decision 7)
);
