-- One row per rejected line of a run's files, in the order of the files: where it stands, why, and the line itself.
-- grain:  source_file_id, source_line
-- params: run_id, channel (null: all)
select files.name, rejected_row.source_line, rejected_row.rule_id, rejected_row.message, rejected_row.raw_text
from rejected_row
inner join source_file as files on files.source_file_id = rejected_row.source_file_id and files.run_id = $run_id
where $channel::varchar is null or files.channel::varchar = $channel
order by rejected_row.source_file_id, rejected_row.source_line
limit 500
