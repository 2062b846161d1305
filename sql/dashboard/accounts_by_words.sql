-- One row per account whose holder, district or address, today's or former, contains every word as typed.
-- grain:  account_number
-- params: word1, word2, word3, word4 (null: fewer words typed)
-- Letter for letter, because lowering 1.3 million addresses takes ten times as long; accounts_by_words_loosely is the second try.
with found as (
    select distinct account_number
    from account
    where
        (contains(holder_name, $word1) or contains(address, $word1) or contains(district, $word1))
        and ($word2::varchar is null or contains(holder_name, $word2) or contains(address, $word2) or contains(district, $word2))
        and ($word3::varchar is null or contains(holder_name, $word3) or contains(address, $word3) or contains(district, $word3))
        and ($word4::varchar is null or contains(holder_name, $word4) or contains(address, $word4) or contains(district, $word4))
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
