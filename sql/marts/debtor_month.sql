-- One row per account that is among the 50 of its district and category that owe most at the end of a month.
-- grain:    account_number, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
create table if not exists marts.debtor_month (
    account_number bigint not null,
    period date not null,
    district varchar not null,
    category category not null,
    charged_kopecks bigint not null,
    paid_kopecks bigint not null,
    closing_kopecks bigint not null
);

-- The 50 greatest are kept while the rows pass by: nothing is sorted. Of two that owe the same, the lower number comes first.
with greatest_debts as (
    select
        period,
        district,
        category,
        unnest(max((closing_kopecks, -account_number, charged_kopecks, paid_kopecks), 50)) as debtor
    from marts.account_month
    where period > (select sealed_period from replay.bounds) and closing_kopecks > 0
    group by period, district, category
)

select
    -debtor[2] as account_number,
    period,
    district,
    category,
    debtor[3] as charged_kopecks,
    debtor[4] as paid_kopecks,
    debtor[1] as closing_kopecks
from greatest_debts
order by period, account_number
