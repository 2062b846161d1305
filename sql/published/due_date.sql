-- One row per service period: the last day on which paying it is in time.
select * from ledger.due_date
