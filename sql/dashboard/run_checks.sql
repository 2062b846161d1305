-- One row per check of a run, the broken ones first.
-- grain:  check_name
-- params: run_id
select check_name, claim, asset, is_blocking, offenders
from run_check
where run_id = $run_id
order by offenders = 0, not is_blocking, check_name
