-- In every district and month the debts of all ages add up to what its accounts owe.
-- asset:    marts.debt_age
-- severity: error
with aged as (
    select district, period, sum(debt_kopecks)::bigint as aged_kopecks from marts.debt_age group by district, period
)

select months.district, months.period, months.debt_kopecks, aged.aged_kopecks
from marts.district_month as months
left join aged on aged.district = months.district and aged.period = months.period
where months.debt_kopecks <> coalesce(aged.aged_kopecks, 0)
