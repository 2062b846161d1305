-- One row per account with the greatest debts of a place at the end of a month.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
with debtors as (
    select account_number, district, closing_kopecks, charged_kopecks, paid_kopecks
    from debtor_month
    where
        period = $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    order by closing_kopecks desc, account_number
    limit 50
),

people as (
    select accounts.account_number, arg_max(holder_name, valid_from) as holder_name, arg_max(address, valid_from) as address
    from account as accounts
    where accounts.account_number in (select account_number from debtors)
    group by accounts.account_number
),

histories as (
    select months.account_number, max(months.period) filter (where months.paid_kopecks > 0) as last_paid_period
    from account_month as months
    where months.account_number in (select account_number from debtors) and months.period <= $period
    group by months.account_number
)

select
    debtors.account_number,
    debtors.district,
    people.holder_name,
    people.address,
    debtors.closing_kopecks,
    debtors.charged_kopecks,
    debtors.paid_kopecks,
    histories.last_paid_period
from debtors
left join people on people.account_number = debtors.account_number
left join histories on histories.account_number = debtors.account_number
order by debtors.closing_kopecks desc, debtors.account_number
