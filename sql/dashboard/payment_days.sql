-- One row per day and channel: money posted to the accounts of a place in a month, by the day it was paid.
-- grain:  paid_on, channel
-- params: period (of posting), channel, branch, site, district, category (null: not chosen)
-- What is posted in a month may have been paid before it. Payments taken back stand with their reversal, below zero.
select
    paid_on,
    channel::varchar as channel,
    sum(payments)::bigint as payments,
    sum(amount_kopecks)::bigint as amount_kopecks
from payment_day
where
    period = $period
    and ($channel::varchar is null or channel::varchar = $channel)
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by paid_on, channel
order by paid_on, channel
