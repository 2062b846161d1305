-- One row per payment of the account made since a day, posted and not taken back.
-- grain:  payment_id
-- params: account_number, since
select payment_id, paid_on, amount_kopecks
from payment
where
    account_number = $account_number
    and paid_on >= $since
    and status = 'posted'
    and cancelled_period is null
    and amount_kopecks > 0
