-- One row per published run through the one shown, the newest 60: what it took in and how many seconds it lasted.
-- grain:  run_id
-- params: none
select
    run_id,
    started_at,
    date_diff('second', started_at, finished_at) as seconds,
    as_of,
    open_period,
    rules_version,
    files,
    rows_received,
    rows_accepted,
    rows_rejected,
    rows_duplicate
from run
order by run_id desc
limit 60
