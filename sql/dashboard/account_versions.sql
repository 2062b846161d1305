-- One row per version of an account, newest first: what changed and from when.
-- grain:  valid_from
-- params: account_number
select
    valid_from,
    nullif(valid_to, date '9999-12-31') as valid_to,
    holder_name,
    address,
    settlement::varchar as settlement,
    stove::varchar as stove,
    heating::varchar as heating,
    category::varchar as category,
    persons
from account
where account_number = $account_number
order by valid_from desc
