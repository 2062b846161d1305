-- One row per open debt of a place on the day of the run, the greatest first: what stands behind a class of age.
-- grain:  account_number, period, kind
-- params: age (null: all of them), on_day, branch, site, district, category (null: not chosen)
with greatest_debts as (
    select * from aged_debt
    where
        ($age::integer is null or age = $age)
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    order by open_kopecks desc, account_number, period
    limit 500
),

people as (
    select accounts.account_number, arg_max(holder_name, valid_from) as holder_name, arg_max(address, valid_from) as address
    from account as accounts
    where accounts.account_number in (select account_number from greatest_debts)
    group by accounts.account_number
)

select
    debts.account_number,
    debts.district,
    debts.period,
    debts.kind::varchar as kind,
    debts.due_on,
    greatest(date_diff('day', debts.due_on, $on_day::date), 0) as days_late,
    debts.amount_kopecks,
    debts.paid_kopecks,
    debts.open_kopecks,
    people.holder_name,
    people.address
from greatest_debts as debts
left join people on people.account_number = debts.account_number
order by debts.open_kopecks desc, debts.account_number, debts.period
