-- One row per payment posted in another month than that its file came in: the account was not known yet, or a decision led it there.
-- grain:    payment_id, account_number, status
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds)
-- All others of a month lie in the files of that month: a list of it looks into those, and here.
create table if not exists marts.late_payment (
    payment_id bigint not null,
    account_number bigint not null,
    paid_on date not null,
    posting_period date not null,
    amount_kopecks bigint not null,
    channel channel not null,
    agent varchar not null,
    operation_id varchar not null,
    named_period date,
    status payment_status not null,
    source_file_id integer not null,
    source_line bigint not null
);

-- Nobody's payments came before the first file.
with newcomers as (
    select account_number
    from intake.account_fact
    group by account_number
    having
        min(known_period) > (select sealed_period from replay.bounds)
        and min(known_period) > (select min(known_period) from intake.source_file)
),

looked_at as (
    select payments.*
    from ledger.payment as payments
    semi join newcomers on newcomers.account_number = payments.account_number
    union all
    select payments.*
    from ledger.decided_payment as payments
    anti join newcomers on newcomers.account_number = payments.account_number
)

select
    payments.payment_id,
    payments.account_number,
    payments.paid_on,
    payments.posting_period,
    payments.amount_kopecks,
    payments.channel,
    payments.agent,
    payments.operation_id,
    payments.named_period,
    payments.status,
    payments.source_file_id,
    payments.source_line
from looked_at as payments
inner join intake.source_file as files on files.source_file_id = payments.source_file_id
where
    payments.posting_period > (select sealed_period from replay.bounds)
    and payments.posting_period <> files.known_period
order by payments.posting_period, payments.payment_id, payments.account_number, payments.status
