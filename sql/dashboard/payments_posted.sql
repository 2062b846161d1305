-- One row per payment posted to the accounts of a place in a month, the greatest first: what stands behind a channel.
-- grain:  payment_id, account_number, status
-- params: channel (null: all), period (of posting), branch, site, district, category (null: not chosen)
with posted as (
    select
        payment_id, account_number, paid_on, amount_kopecks, channel, agent, operation_id, named_period, status,
        source_file_id, source_line
    from payment
    where
        posting_period = $period
        and source_file_id in (select source_file_id from source_file where known_period = $period)
    union all
    select
        payment_id, account_number, paid_on, amount_kopecks, channel, agent, operation_id, named_period, status,
        source_file_id, source_line
    from late_payment
    where posting_period = $period
)

select
    payments.payment_id,
    payments.account_number,
    months.district,
    payments.paid_on,
    payments.amount_kopecks,
    payments.channel::varchar as channel,
    payments.agent,
    payments.operation_id,
    payments.named_period,
    payments.status::varchar as status,
    files.name as file_name,
    payments.source_line
from posted as payments
inner join account_month as months on months.account_number = payments.account_number and months.period = $period
left join source_file as files on files.source_file_id = payments.source_file_id
where
    ($channel::varchar is null or payments.channel::varchar = $channel)
    and ($branch::varchar is null or months.branch = $branch)
    and ($site::varchar is null or months.site = $site)
    and ($district::varchar is null or months.district = $district)
    and ($category::varchar is null or months.category::varchar = $category)
order by payments.amount_kopecks desc, payments.payment_id, payments.account_number
limit 500
