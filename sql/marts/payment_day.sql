-- One row per district, category, month of posting, day of payment and channel: money posted, and how long it took to arrive.
-- grain:    district, category, period, paid_on, channel
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
create table if not exists marts.payment_day (
    district varchar not null,
    category category not null,
    period date not null,
    paid_on date not null,
    channel channel not null,
    payments bigint not null,
    payers bigint not null,                -- accounts whose first payment of the month through this channel it is
    amount_kopecks bigint not null,
    days_to_arrive bigint not null         -- from payment to delivery of its file, all payments together
);

with posted as (
    select
        payments.*,
        date_diff('day', payments.paid_on, timezone('Europe/Moscow', files.known_at)::date) as days_to_arrive,
        row_number() over (
            partition by payments.account_number, payments.posting_period, payments.channel
            order by payments.paid_on, payments.payment_id, payments.status
        ) = 1 as is_first
    from ledger.payment as payments
    inner join intake.source_file as files on files.source_file_id = payments.source_file_id
    where payments.posting_period > (select sealed_period from replay.bounds)
)

select
    months.district,
    months.category,
    months.period,
    posted.paid_on,
    posted.channel,
    count(*) as payments,
    count(*) filter (where posted.is_first) as payers,
    sum(posted.amount_kopecks)::bigint as amount_kopecks,
    sum(posted.days_to_arrive)::bigint as days_to_arrive
from posted
inner join marts.account_month as months
    on months.account_number = posted.account_number and months.period = posted.posting_period
group by months.district, months.category, months.period, posted.paid_on, posted.channel
order by months.period, posted.paid_on, months.district, months.category, posted.channel
