-- By month, the site totals are the sums over accounts: nobody is counted twice or left out.
-- asset:    marts.site_month
-- severity: error
with totals as (
    select period, sum(accounts) as accounts, sum(closing_kopecks) as closing_kopecks, sum(paid_kopecks) as paid_kopecks
    from marts.site_month
    where period > (select sealed_period from replay.bounds)
    group by period
),

accounts as (
    select period, count(*) as accounts, sum(closing_kopecks) as closing_kopecks, sum(paid_kopecks) as paid_kopecks
    from marts.account_month
    where period > (select sealed_period from replay.bounds)
    group by period
)

select accounts.period, totals.accounts as counted, accounts.accounts, totals.closing_kopecks as total_kopecks, accounts.closing_kopecks
from accounts
full outer join totals on totals.period = accounts.period
where
    totals.accounts is distinct from accounts.accounts
    or totals.closing_kopecks is distinct from accounts.closing_kopecks
    or totals.paid_kopecks is distinct from accounts.paid_kopecks
