-- One row per payment of the newest day on which the account was paid, posted and not taken back.
-- grain:  payment_id
-- params: account_number
select payment_id, paid_on, amount_kopecks
from payment
where account_number = $account_number and status = 'posted' and cancelled_period is null and amount_kopecks > 0
qualify rank() over (order by paid_on desc) = 1
