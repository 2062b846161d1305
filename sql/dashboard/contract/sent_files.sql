-- One row per file the cabinet delivered and line of it that was not taken, and one row for each file without such a line.
-- grain:  sha256, source_line
-- params: hashes
-- `hashes` of the files, one a line.
select
    files.sha256,
    files.status,
    files.known_at,
    rejected.source_line,
    rejected.rule_id,
    rejected.message
from source_file as files
left join rejected_row as rejected on rejected.source_file_id = files.source_file_id
where files.sha256 in (select unnest(string_split($hashes, chr(10))))
order by files.source_file_id, rejected.source_line
