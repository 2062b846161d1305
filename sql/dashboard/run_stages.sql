-- One row per stage of a run, the longest first, in milliseconds.
-- grain:  stage
-- params: run_id
select stage, started_at, date_diff('millisecond', started_at, finished_at) as milliseconds
from run_stage
where run_id = $run_id
order by milliseconds desc, stage
