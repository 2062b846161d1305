-- One row, none before the first bill: the newest month businesses were billed for, what it came to, and the hours that lack in it.
-- grain:  period
-- params: none
with newest as (
    select max(period) as period from business_bill
),

lacking as (
    select coalesce(sum(greatest(hours_expected - hours_measured, 0)), 0)::bigint as hours_lacking
    from business_volume
    where service_period = (select period from newest) and price_category >= 3
)

select
    bills.period,
    count(*) as contracts,
    sum(bills.total_kopecks)::bigint as total_kopecks,
    any_value(lacking.hours_lacking) as hours_lacking
from business_bill as bills
cross join lacking
where bills.period = (select period from newest)
group by bills.period
