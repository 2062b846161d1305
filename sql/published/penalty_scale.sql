-- Reference: penalty_scale, as used by the run.
select * from reference.penalty_scale
