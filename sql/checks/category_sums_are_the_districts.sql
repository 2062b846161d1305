-- In every district and month the sums by category, by class of balance and by age of debts tell of the same accounts as its total.
-- asset:    marts.category_month
-- severity: error
with categories as (
    select district, period, sum(accounts) as accounts, sum(closing_kopecks) as closing_kopecks, sum(paid_kopecks) as paid_kopecks
    from marts.category_month
    group by district, period
),

balances as (
    select district, period, sum(accounts) as accounts, sum(closing_kopecks) as closing_kopecks
    from marts.balance_month
    group by district, period
),

moves as (
    select district, period, sum(accounts) as accounts from marts.age_move group by district, period
)

select
    months.district,
    months.period,
    months.accounts,
    categories.accounts as of_categories,
    balances.accounts as of_balances,
    moves.accounts as of_moves,
    months.closing_kopecks,
    categories.closing_kopecks as of_categories_kopecks,
    balances.closing_kopecks as of_balances_kopecks
from marts.district_month as months
left join categories on categories.district = months.district and categories.period = months.period
left join balances on balances.district = months.district and balances.period = months.period
left join moves on moves.district = months.district and moves.period = months.period
where
    categories.accounts is distinct from months.accounts
    or balances.accounts is distinct from months.accounts
    or moves.accounts is distinct from months.accounts
    or categories.closing_kopecks is distinct from months.closing_kopecks
    or balances.closing_kopecks is distinct from months.closing_kopecks
    or categories.paid_kopecks is distinct from months.paid_kopecks
