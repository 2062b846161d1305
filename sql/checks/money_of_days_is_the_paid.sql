-- In every district and month the money of all days and channels is what its accounts paid.
-- asset:    marts.payment_day
-- severity: error
with days as (
    select district, period, sum(amount_kopecks) as kopecks from marts.payment_day group by district, period
)

select months.district, months.period, months.paid_kopecks, days.kopecks as of_days_kopecks
from marts.district_month as months
left join days on days.district = months.district and days.period = months.period
where months.paid_kopecks <> coalesce(days.kopecks, 0)
