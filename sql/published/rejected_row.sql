-- One row per line that could not become a fact.
select * from intake.rejected_row
