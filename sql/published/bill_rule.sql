-- Reference: bill_rule, as used by the run.
select * from reference.bill_rule
