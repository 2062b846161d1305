-- One row per channel: money posted to the accounts of a place in a month, and how long it took to arrive.
-- grain:  channel
-- params: period (of posting), branch, site, district (null: not chosen)
-- A payment on average is whole kopecks, rounded down; days are from payment to delivery of its file, rounded down.
select
    payments.channel::varchar as channel,
    count(*) as payments,
    count(distinct payments.account_number) as accounts,
    sum(payments.amount_kopecks)::bigint as amount_kopecks,
    (sum(payments.amount_kopecks) // count(*))::bigint as usual_kopecks,
    (sum(date_diff('day', payments.paid_on, timezone('Europe/Moscow', files.known_at)::date)) // count(*))::bigint as days_to_arrive,
    coalesce(sum(payments.amount_kopecks) filter (where payments.paid_on < $period::date), 0)::bigint as paid_earlier_kopecks
from payment as payments
inner join account_month as months
    on months.account_number = payments.account_number and months.period = payments.posting_period
inner join source_file as files on files.source_file_id = payments.source_file_id
where
    payments.posting_period = $period
    and ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
group by payments.channel
order by amount_kopecks desc, channel
