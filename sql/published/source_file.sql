-- One row per file the inbox ever held.
select * from intake.source_file
