-- One row per account that penalty was posted to in a month, the greatest sum first: what stands behind a month of penalty.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
with accounts as (
    select account_number, district, penalty_kopecks, closing_kopecks
    from account_month
    where
        period = $period
        and (penalty_kopecks <> 0 or penalty_taken_back_kopecks <> 0)
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    order by penalty_kopecks desc, account_number
    limit 500
),

debts as (
    select account_number, count(distinct debt_period) as debts, min(due_on) as oldest_due_on
    from penalty_line
    where posting_period = $period and account_number in (select account_number from accounts)
    group by account_number
)

select
    accounts.account_number,
    accounts.district,
    debts.debts,
    debts.oldest_due_on,
    accounts.penalty_kopecks,
    accounts.closing_kopecks
from accounts
inner join debts on debts.account_number = accounts.account_number
order by accounts.penalty_kopecks desc, accounts.account_number
