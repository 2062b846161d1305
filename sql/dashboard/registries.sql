-- One row per file of payments that came for a month: what its own footer announces against what was found in it.
-- grain:  source_file_id
-- params: period (the first closing that may use the file), channel (null: all)
-- Differences are found − announced; null where the layout announces nothing. Files that do not agree come first.
select
    source_file_id,
    name,
    channel::varchar as channel,
    known_at,
    status,
    control_rows,
    rows_received,
    rows_received - control_rows as rows_difference,
    control_kopecks,
    received_kopecks,
    received_kopecks - control_kopecks as difference_kopecks,
    rows_accepted,
    rows_rejected,
    rows_duplicate
from source_file
where known_period = $period and channel in ('bank', 'card', 'post', 'cash') and kind is distinct from 'readings'
    and ($channel::varchar is null or channel::varchar = $channel)
order by coalesce(rows_difference <> 0 or difference_kopecks <> 0, false) desc, known_at desc, source_file_id
