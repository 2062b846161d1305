-- Reference: organisation, as used by the run.
select * from reference.organisation
