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

select account_number, period, district, category, charged_kopecks, paid_kopecks, closing_kopecks
from marts.account_month
where period > (select sealed_period from replay.bounds) and closing_kopecks > 0
qualify row_number() over (partition by period, district, category order by closing_kopecks desc, account_number) <= 50
order by period, account_number
