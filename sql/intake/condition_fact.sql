-- One row per statement that something about an account changes how it is charged for a while (основание особого расчёта).
-- grain: source_file_id, source_line
-- kind:  fact
-- A later statement with the same account, reason and first day replaces the earlier; one that ends before it begins withdraws it.
create table if not exists intake.condition_fact (
    account_number bigint not null,
    reason condition_reason not null,
    valid_from date not null,              -- day of the act or application; of absence, the day of leaving
    valid_to date,                         -- last day; of absence, the day of return; null: until said otherwise
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
