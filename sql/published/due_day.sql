-- Reference: due_day, as used by the run.
select * from reference.due_day
