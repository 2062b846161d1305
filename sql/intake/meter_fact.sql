-- One row per statement about a meter (прибор учёта) of an account; a later one replaces the earlier (removal, new verification).
-- grain: source_file_id, source_line
-- kind:  fact
create table if not exists intake.meter_fact (
    account_number bigint not null,
    meter_serial varchar not null,
    zone_plan zone_plan not null,
    whole_digits tinyint not null,
    fraction_digits tinyint not null,
    transformer_ratio integer not null,
    installed_on date not null,
    removed_on date,                       -- null while in place
    verified_until date,
    opening_t1 decimal(15, 3) not null,    -- registers on installed_on, or on 1 January 2014 if older:
    opening_t2 decimal(15, 3),             --   one_rate: all · two_zone: day, night · three_zone: peak, half_peak, night
    opening_t3 decimal(15, 3),
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);
