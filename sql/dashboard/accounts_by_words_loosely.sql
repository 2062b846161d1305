-- One row per account whose holder, district and address, today's or former, contain every word in any case, ё read as е.
-- grain:  account_number
-- params: word1, word2, word3, word4 (lower case, ё written as е; null: fewer words typed)
with found as (
    select distinct account_number
    from account
    where
        contains(replace(lower(concat_ws(' ', holder_name, district, address)), 'ё', 'е'), $word1)
        and ($word2::varchar is null or contains(replace(lower(concat_ws(' ', holder_name, district, address)), 'ё', 'е'), $word2))
        and ($word3::varchar is null or contains(replace(lower(concat_ws(' ', holder_name, district, address)), 'ё', 'е'), $word3))
        and ($word4::varchar is null or contains(replace(lower(concat_ws(' ', holder_name, district, address)), 'ё', 'е'), $word4))
    order by account_number
    limit 50
)

select
    found.account_number,
    arg_max(accounts.holder_name, accounts.valid_from) as holder_name,
    arg_max(accounts.address, accounts.valid_from) as address,
    arg_max(accounts.district, accounts.valid_from) as district
from found
inner join account as accounts on accounts.account_number = found.account_number
group by found.account_number
order by district, address, found.account_number
