-- Reference: day_off, as used by the run.
select * from reference.day_off
