-- For every file: rows received = accepted + rejected + duplicate, and what was rejected or repeated can be looked up.
-- asset:    intake.source_file
-- severity: error
select
    files.source_file_id,
    files.name,
    files.rows_received,
    files.rows_accepted,
    files.rows_rejected,
    files.rows_duplicate,
    coalesce(rejected.rows, 0) as rejected_rows,
    coalesce(repeated.rows, 0) as duplicate_rows
from intake.source_file as files
left join (select source_file_id, count(*) as rows from intake.rejected_row group by source_file_id) as rejected
    on rejected.source_file_id = files.source_file_id
left join (select source_file_id, count(*) as rows from intake.duplicate_row group by source_file_id) as repeated
    on repeated.source_file_id = files.source_file_id
where
    files.rows_received <> files.rows_accepted + files.rows_rejected + files.rows_duplicate
    or (files.status = 'accepted' and files.rows_rejected <> coalesce(rejected.rows, 0))
    or (files.status = 'accepted' and files.rows_duplicate <> coalesce(repeated.rows, 0))
    or (files.status = 'refused' and (files.rows_accepted <> 0 or coalesce(rejected.rows, 0) = 0))
    or files.status = 'registered'
