-- Reference: plan_deadline, as used by the run.
select * from reference.plan_deadline
