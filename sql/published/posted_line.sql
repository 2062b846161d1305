-- One row per line posted to an account; charge_line shows it with its sources.
select * from ledger.charge_line
