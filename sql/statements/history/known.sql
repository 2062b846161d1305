-- One row: the instant as of which the snapshot knows everything.
select as_of from run order by run_id desc limit 1
