-- One row: the instant as of which the snapshot knows everything, and the month that is still open then.
select as_of, open_period from run order by run_id desc limit 1
