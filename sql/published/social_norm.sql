-- Reference: social_norm, as used by the run.
select * exclude (known_from, known_to) from reference.social_norm where known_to = date '9999-12-31'
