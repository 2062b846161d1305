-- One row per account whose number lies in a range (all numbers that begin with the digits typed).
-- grain:  account_number
-- params: first, last
select
    account_number,
    arg_max(holder_name, valid_from) as holder_name,
    arg_max(address, valid_from) as address,
    arg_max(district, valid_from) as district
from account
where account_number between $first and $last
group by account_number
order by account_number
limit 50
