-- One row per day and channel: money posted to the accounts of a place in a month, by the day it was paid.
-- grain:  paid_on, channel
-- params: period (of posting), branch, site, district (null: not chosen)
-- What is posted in a month may have been paid before it. Payments taken back stand with their reversal, below zero.
select
    payments.paid_on,
    payments.channel::varchar as channel,
    count(*) as payments,
    sum(payments.amount_kopecks)::bigint as amount_kopecks
from payment as payments
inner join account_month as months
    on months.account_number = payments.account_number and months.period = payments.posting_period
where
    payments.posting_period = $period
    and ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
group by payments.paid_on, payments.channel
order by payments.paid_on, payments.channel
