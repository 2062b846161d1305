-- One row per statement about an account, with the line it came from.
select * from intake.account_fact
