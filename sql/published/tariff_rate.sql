-- Reference: tariff_rate, as used by the run.
select * from reference.tariff_rate
