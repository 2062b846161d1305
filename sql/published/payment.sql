-- One row per payment, posted or in suspense.
select * from ledger.payment
