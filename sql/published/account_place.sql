-- One row per account: who serves it and where, on the day of the run; of one that is to begin later, where it will.
-- kind: table
with versions as (
    select *, valid_from <= (select timezone('Europe/Moscow', as_of)::date from replay.bounds) as has_begun
    from marts.account
)

select
    account_number,
    arg_max(branch, (has_begun, valid_from)) as branch,
    arg_max(site, (has_begun, valid_from)) as site,
    arg_max(district, (has_begun, valid_from)) as district,
    arg_max(category, (has_begun, valid_from)) as category
from versions
group by account_number
order by account_number
