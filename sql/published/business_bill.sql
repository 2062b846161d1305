-- One row per contract and month in which something was posted: its bill.
select * from business.bill
