-- One row per reading with its verdict.
select
    reading_id, account_number, meter_serial, zone, read_on, received_at, value, channel, verdict, rule_id, period, consumption_kwh,
    previous_register as previous_value, source_file_id, source_line
from metering.reading
