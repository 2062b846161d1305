-- One row per place, category and class of age (age_class): the debts open on the day of the run.
-- kind: table
with accounts as (
    select
        branch,
        site,
        district,
        category,
        account_number,
        age,
        count(*) as debts,
        sum(open_kopecks)::bigint as open_kopecks,
        min(age) over (partition by account_number) as youngest_age
    from aged_debt
    group by branch, site, district, category, account_number, age
)

select
    branch,
    site,
    district,
    category,
    age,
    count(*) as accounts,
    count(*) filter (where age = youngest_age) as debtors,      -- whose youngest debt it is: each account once
    sum(debts)::bigint as debts,
    sum(open_kopecks)::bigint as open_kopecks
from accounts
group by branch, site, district, category, age
order by district, category, age
