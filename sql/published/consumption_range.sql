-- Reference: consumption_range, as used by the run.
select * from reference.consumption_range
