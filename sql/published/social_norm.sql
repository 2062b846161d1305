-- Reference: social_norm, as used by the run.
select * from reference.social_norm
