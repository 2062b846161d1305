-- One row per district and month: how the balance moved.
select * from marts.district_month
