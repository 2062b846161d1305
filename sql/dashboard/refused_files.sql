-- One row per file that was refused whole, the newest first, with the reason its rejected line gives.
-- grain:  source_file_id
-- params: on_day, channel (null: all)
select
    files.source_file_id,
    files.name,
    files.channel::varchar as channel,
    files.known_at,
    date_diff('day', files.known_at::date, $on_day::date) as waits_days,
    files.rows_received,
    files.run_id,
    any_value(rows.message) as message
from source_file as files
left join rejected_row as rows on rows.source_file_id = files.source_file_id
where files.status = 'refused' and ($channel::varchar is null or files.channel::varchar = $channel)
group by all
order by files.known_at desc, files.source_file_id desc
limit 200
