-- One row per payment posted between two months, both in; one that was taken back has a second row below zero.
-- params: $account; $first; $last
select posting_period, paid_on, amount_kopecks, channel, agent, operation_id, named_period, status
from payment
where account_number = $account and posting_period between $first::date and $last::date
order by posting_period, paid_on, payment_id
