-- Reference: reading_cutoff, as used by the run.
select * from reference.reading_cutoff
