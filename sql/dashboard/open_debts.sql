-- One row per open debt of a place on the snapshot's day, the greatest first: what stands behind a class of age.
-- grain:  account_number, period, kind
-- params: age (null: all of them), on_day, branch, site, district, category (null: not chosen)
with here as (
    select account_number, arg_max(district, valid_from) as district
    from account
    where valid_from <= $on_day
    group by account_number
    having
        ($branch::varchar is null or arg_max(branch, valid_from) = $branch)
        and ($site::varchar is null or arg_max(site, valid_from) = $site)
        and ($district::varchar is null or arg_max(district, valid_from) = $district)
        and ($category::varchar is null or arg_max(category, valid_from)::varchar = $category)
),

greatest_debts as (
    select
        debts.account_number,
        here.district,
        debts.period,
        debts.kind::varchar as kind,
        debts.due_on,
        greatest(date_diff('day', debts.due_on, $on_day::date), 0) as days_late,
        debts.amount_kopecks,
        debts.paid_kopecks,
        debts.open_kopecks
    from debt as debts
    inner join here on here.account_number = debts.account_number
    inner join age_class as ages
        on date_diff('day', debts.due_on, $on_day::date)
        between coalesce(ages.from_days, -100000) and coalesce(ages.to_days, 100000)
    where $age::integer is null or ages.age = $age
    order by debts.open_kopecks desc, debts.account_number, debts.period
    limit 500
),

people as (
    select accounts.account_number, arg_max(holder_name, valid_from) as holder_name, arg_max(address, valid_from) as address
    from account as accounts
    where accounts.account_number in (select account_number from greatest_debts)
    group by accounts.account_number
)

select debts.*, people.holder_name, people.address
from greatest_debts as debts
left join people on people.account_number = debts.account_number
order by debts.open_kopecks desc, debts.account_number, debts.period
