-- One row per point (group, flow), channel and message of a day: the energy of its intervals (макет 80020, 80040).
-- grain: source_file_id, source_line
-- kind:  fact
-- A message with a larger number replaces what the sender said before of the same day, point and channel; both are kept.
-- Arrays have one element per interval in the order in which the day passes: 24 or 48, an hour less or more where the
-- clock of Moscow was moved. Energy is whole watt-hours of the interval; null is unknown, never zero.
create table if not exists intake.energy_day_fact (
    node energy_node not null,
    point_code varchar not null,           -- of a flow: from-to
    point_name varchar not null,
    channel_code varchar not null,         -- 01 A+, 02 A-, 03 R+, 04 R-; 11 to 14 are kept, and not billed; '' of a group or flow
    day date not null,
    interval_minutes smallint not null,    -- 30 or 60
    wh bigint[] not null,
    noncommercial_wh bigint[],             -- values the sender does not vouch for (status other than 0); null when none
    bypass_of varchar[],                   -- where a bypass breaker carried the energy: the point that measured it, '' unknown
    sender_inn varchar not null,
    message_class varchar not null,
    message_number bigint not null,
    made_at timestamp,                     -- by the sender's clock
    area_code varchar not null,            -- of the АИИС, no tax number
    area_name varchar not null,
    known_at timestamptz not null,
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null            -- counted on where several stand on one line, and from message to message of a ZIP
);
