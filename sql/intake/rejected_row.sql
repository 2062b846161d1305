-- One row per line that could not become a fact (a file refused whole has one, at the line that broke it).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.rejected_row (
    source_file_id integer not null,
    source_line bigint not null,
    rule_id varchar not null,
    message varchar not null,              -- Russian: what was expected, what was found, what to do
    raw_text varchar not null              -- the line as sent, cut at 1000 characters
);
