-- One row per file of a run that was refused or has rejected rows, refused ones first.
-- grain:  source_file_id
-- params: run_id, channel (null: all)
select
    source_file_id,
    channel::varchar as channel,
    name,
    status,
    known_at,
    rows_received,
    rows_accepted,
    rows_rejected,
    rows_duplicate
from source_file
where run_id = $run_id and (status = 'refused' or rows_rejected > 0)
    and ($channel::varchar is null or channel::varchar = $channel)
order by status desc, rows_rejected desc, source_file_id
limit 200
