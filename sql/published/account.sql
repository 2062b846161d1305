-- One row per account and version: how the account is from valid_from, as known now.
select * exclude (source_file_id, source_line) from marts.account
