-- One row per district, category, month and class of balance at its end: accounts, and the sum of their balances.
-- grain:    district, category, period, bucket
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- Buckets: 0 advance, 1 nothing owed, then debts up to 500, 1000, 3000, 10 000 and 50 000 rubles, 7 above.
create table if not exists marts.balance_month (
    district varchar not null,
    category category not null,
    period date not null,
    bucket integer not null,
    accounts bigint not null,
    closing_kopecks bigint not null
);

select
    district,
    category,
    period,
    case
        when closing_kopecks < 0 then 0
        when closing_kopecks = 0 then 1
        when closing_kopecks <= 50000 then 2
        when closing_kopecks <= 100000 then 3
        when closing_kopecks <= 300000 then 4
        when closing_kopecks <= 1000000 then 5
        when closing_kopecks <= 5000000 then 6
        else 7
    end as bucket,
    count(*) as accounts,
    sum(closing_kopecks)::bigint as closing_kopecks
from marts.account_month
where period > (select sealed_period from replay.bounds)
group by all
order by period, district, category, bucket
