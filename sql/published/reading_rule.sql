-- Reference: reading_rule, as used by the run.
select * from reference.reading_rule
