-- Reference: normative, as used by the run.
select * from reference.normative
