-- One row per place, category and class of age (age_class): the debts open on the day of the run.
-- kind: table
with places as (
    select
        account_number,
        arg_max(branch, valid_from) as branch,
        arg_max(site, valid_from) as site,
        arg_max(district, valid_from) as district,
        arg_max(category, valid_from) as category
    from marts.account
    group by account_number
),

aged as (
    select
        places.* exclude (account_number),
        debts.account_number,
        debts.open_kopecks,
        ages.age,
        row_number() over (partition by debts.account_number order by ages.age) = 1 as is_first,
        row_number() over (partition by debts.account_number, ages.age) = 1 as is_first_of_age
    from ledger.debt as debts
    inner join places on places.account_number = debts.account_number
    cross join replay.bounds as bounds
    inner join age_class as ages
        on date_diff('day', debts.due_on, timezone('Europe/Moscow', bounds.as_of)::date)
        between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
)

select
    branch,
    site,
    district,
    category,
    age,
    count(*) filter (where is_first_of_age) as accounts,
    count(*) filter (where is_first) as debtors,       -- whose youngest debt it is: each account once
    count(*) as debts,
    sum(open_kopecks)::bigint as open_kopecks
from aged
group by branch, site, district, category, age
order by district, category, age
