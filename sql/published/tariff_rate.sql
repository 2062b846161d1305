-- Reference: tariff_rate, as used by the run.
select * exclude (known_from, known_to) from reference.tariff_rate where known_to = date '9999-12-31'
