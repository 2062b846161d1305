-- Reference: vat, as used by the run.
select * from reference.vat
