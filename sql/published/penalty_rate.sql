-- Reference: penalty_rate, as used by the run.
select * from reference.penalty_rate
