-- One row per site and month: how the balance moved.
select * from marts.site_month
