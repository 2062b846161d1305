-- One row per meter of an account, as known now (прибор учёта).
-- grain: account_number, meter_serial
-- kind:  table
select
    meter_serial,
    account_number,
    zone_plan,
    whole_digits,
    fraction_digits,
    transformer_ratio,
    installed_on,
    removed_on,
    verified_until,
    source_file_id,
    source_line
from known.meter_version
where known_to = timestamptz '9999-12-31 00:00:00+00'
order by account_number, meter_serial
