-- One row per payment posted in another month than that its file came in.
select * from marts.late_payment
