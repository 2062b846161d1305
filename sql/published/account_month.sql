-- One row per account and month: how the balance moved.
select * from marts.account_month
