-- Reference: consumption_range, as used by the run.
select * exclude (known_from, known_to) from reference.consumption_range where known_to = date '9999-12-31'
