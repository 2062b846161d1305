-- One row per branch and month: how the balance moved.
select * from marts.branch_month
