-- One row per channel that ever delivered, by a run: when its last accepted file came, and what it brought to the run itself.
-- grain:  channel
-- params: run_id
with shown as (
    select run_id, as_of from run where run_id = $run_id
),

delivered as (
    select files.*, shown.as_of, files.run_id = shown.run_id as is_of_run
    from source_file as files
    inner join shown on files.run_id <= shown.run_id
)

select
    channel::varchar as channel,
    max(known_at) filter (where status = 'accepted') as last_file_at,
    date_diff('day', (max(known_at) filter (where status = 'accepted'))::date, any_value(as_of)::date) as age_days,
    count(*) filter (where is_of_run) as files,
    coalesce(sum(rows_received) filter (where is_of_run), 0)::bigint as rows_received,
    coalesce(sum(rows_rejected) filter (where is_of_run), 0)::bigint as rows_rejected
from delivered
where channel is not null
group by channel
order by age_days desc nulls first, channel
