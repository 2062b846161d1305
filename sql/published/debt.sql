-- One row per debt that stands open now: the bill of a month, or what the account came with for a period.
select * from ledger.debt
