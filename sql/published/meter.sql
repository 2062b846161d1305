-- One row per meter of an account, as known now.
select * exclude (source_file_id, source_line) from marts.meter
