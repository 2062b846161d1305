-- Reference: district, as used by the run.
select * from reference.district
