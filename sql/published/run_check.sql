-- One row per run and check, with the number of rows that broke the claim.
select * from replay.check_result
