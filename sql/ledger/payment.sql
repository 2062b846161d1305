-- One row per payment (оплата), posted to its account in the month that learned both of them, or waiting in suspense.
-- grain: payment_id
-- kind:  view
-- A payment moved or taken back has a row for each account it was posted to and a reversal below zero; from the closing
-- `cancelled_period` on neither of the two counts as money (ledger.decided_payment).
with accounts as (
    select account_number, min(known_period) as known_period from intake.account_fact group by account_number
)

select
    payments.payment_id,
    accounts.account_number,               -- null in suspense
    case when accounts.account_number is null then payments.account_as_written end as account_as_written,
    payments.paid_on,
    case
        when accounts.account_number is not null then greatest(payments.known_period, accounts.known_period)
    end as posting_period,                 -- null in suspense
    payments.amount_kopecks,
    payments.channel,
    payments.agent,
    payments.operation_id,
    payments.named_period,
    case when accounts.account_number is null then 'suspense' else 'posted' end::payment_status as status,
    null::date as cancelled_period,
    payments.source_file_id,
    payments.source_line
from intake.payment_fact as payments
left join accounts on accounts.account_number = payments.account_number
anti join ledger.decided_payment as decided on decided.payment_id = payments.payment_id
union all by name
select * from ledger.decided_payment
