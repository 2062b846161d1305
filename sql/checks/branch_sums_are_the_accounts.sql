-- By month, the branch totals count the accounts of all districts: nobody is counted twice or left out.
-- asset:    marts.branch_month
-- severity: error
with totals as (
    select period, sum(accounts) as accounts, sum(closing_kopecks) as closing_kopecks, sum(paid_kopecks) as paid_kopecks
    from marts.branch_month
    where period > (select sealed_period from replay.bounds)
    group by period
),

districts as (
    select period, sum(accounts) as accounts, sum(closing_kopecks) as closing_kopecks, sum(paid_kopecks) as paid_kopecks
    from marts.district_month
    where period > (select sealed_period from replay.bounds)
    group by period
)

select districts.period, totals.accounts as counted, districts.accounts, totals.closing_kopecks as total_kopecks, districts.closing_kopecks
from districts
full outer join totals on totals.period = districts.period
where
    totals.accounts is distinct from districts.accounts
    or totals.closing_kopecks is distinct from districts.closing_kopecks
    or totals.paid_kopecks is distinct from districts.paid_kopecks
