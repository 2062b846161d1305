-- What an account's debts leave open covers its balance but for penalty: more only where money waits for a period not yet owed.
-- asset:    ledger.debt
-- severity: error
with penalties as (
    select account_number, sum(amount_kopecks)::bigint as kopecks from ledger.penalty_line group by account_number
),

debts as (
    select account_number, sum(open_kopecks)::bigint as kopecks, min(open_kopecks) as least_kopecks
    from ledger.debt
    group by account_number
)

select months.account_number, months.closing_kopecks, penalties.kopecks as penalty_kopecks, debts.kopecks as open_kopecks
from marts.account_month as months
left join penalties on penalties.account_number = months.account_number
left join debts on debts.account_number = months.account_number
where
    months.period = (select open_period from replay.bounds)
    and (
        coalesce(debts.kopecks, 0) < months.closing_kopecks - coalesce(penalties.kopecks, 0)
        or debts.least_kopecks <= 0
    )
