-- One row: who the account is now. Who held it before is nobody else's business.
-- params: $account
select * exclude (house_id, branch, site, valid_to)
from account
where account_number = $account
qualify row_number() over (order by valid_from desc) = 1
