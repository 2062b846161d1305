-- One row per payment posted in the month.
-- params: $period; $accounts
select account_number, paid_on, amount_kopecks, channel
from payment
where
    account_number in (select unnest($accounts::bigint []))
    and posting_period = $period::date
    and status <> 'suspense'
order by account_number, paid_on, payment_id
