-- One row per payment (оплата), posted to its account in the month that learned both of them, or waiting in suspense.
-- grain:    payment_id
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds) or status = 'suspense'
create table if not exists ledger.payment (
    payment_id bigint not null,
    account_number bigint,                 -- null in suspense
    account_as_written varchar,            -- kept where it is no account known here
    paid_on date not null,
    posting_period date,                   -- null in suspense
    amount_kopecks bigint not null,
    channel channel not null,
    agent varchar not null,
    operation_id varchar not null,
    named_period date,
    status payment_status not null,
    source_file_id integer not null,
    source_line bigint not null
);

with accounts as (
    select account_number, min(known_period) as known_period from intake.account_fact group by account_number
),

matched as (
    select
        payments.*,
        accounts.account_number as matched_account_number,
        greatest(payments.known_period, accounts.known_period) as posting_period
    from intake.payment_fact as payments
    left join accounts on accounts.account_number = payments.account_number
    -- What is no account number at all waits in the first bucket.
    where coalesce(payments.account_number, 0) between getvariable('first_account') and getvariable('last_account')
)

select
    payment_id,
    matched_account_number as account_number,
    case when matched_account_number is null then account_as_written end as account_as_written,
    paid_on,
    case when matched_account_number is not null then posting_period end as posting_period,
    amount_kopecks,
    channel,
    agent,
    operation_id,
    named_period,
    case when matched_account_number is null then 'suspense' else 'posted' end::payment_status as status,
    source_file_id,
    source_line
from matched
where matched_account_number is null or posting_period > (select sealed_period from replay.bounds)
order by account_number, payment_id
