-- One row per channel: money posted to the accounts of a place in a month, and how long it took to arrive.
-- grain:  channel
-- params: period (of posting), channel, branch, site, district, category (null: not chosen)
-- A payment on average is whole kopecks, rounded down; days are from payment to delivery of its file, rounded down.
select
    channel::varchar as channel,
    sum(payments)::bigint as payments,
    sum(payers)::bigint as accounts,
    sum(amount_kopecks)::bigint as amount_kopecks,
    (sum(amount_kopecks) // sum(payments))::bigint as usual_kopecks,
    (sum(days_to_arrive) // sum(payments))::bigint as days_to_arrive,
    coalesce(sum(amount_kopecks) filter (where paid_on < $period::date), 0)::bigint as paid_earlier_kopecks
from payment_day
where
    period = $period
    and ($channel::varchar is null or channel::varchar = $channel)
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by channel
order by amount_kopecks desc, channel
