-- One row per published run.
select * from replay.run
