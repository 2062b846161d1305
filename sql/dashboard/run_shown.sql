-- One row: the run that made the snapshot on screen.
-- grain:  run_id
-- params: run_id
select
    run_id,
    started_at,
    finished_at,
    as_of,
    open_period,
    rules_version,
    files,
    rows_received,
    rows_accepted,
    rows_rejected,
    rows_duplicate
from run
where run_id = $run_id
