-- One row per district, category and month: what moved the balances of its accounts, and how many were charged, paid, owed.
-- grain:    district, category, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
-- What is charged in a month, and what a correction adds, falls due in the next one: the balance beyond them is overdue.
-- law:      decisions 14, 15; money goes to what fell due first, so the balance lies on the newest
create table if not exists marts.category_month (
    district varchar not null,
    category category not null,
    period date not null,
    accounts bigint not null,
    opening_kopecks bigint not null,
    charged_kopecks bigint not null,
    corrected_kopecks bigint not null,
    penalty_kopecks bigint not null,
    paid_kopecks bigint not null,
    closing_kopecks bigint not null,
    debt_kopecks bigint not null,          -- sum of the closings above zero
    advance_kopecks bigint not null,       -- sum of the closings below zero, as a positive number
    overdue_kopecks bigint not null,
    rebilled_kopecks bigint not null,      -- corrections up and down, both as positive numbers
    kwh bigint not null,
    charged_accounts bigint not null,
    rebilled_accounts bigint not null,
    payers bigint not null,
    debtors bigint not null,
    penalty_accounts bigint not null,      -- that penalty was posted to or taken back from
    penalty_taken_back_kopecks bigint not null
);

select
    district,
    category,
    period,
    count(*) as accounts,
    sum(opening_kopecks)::bigint as opening_kopecks,
    sum(charged_kopecks)::bigint as charged_kopecks,
    sum(corrected_kopecks)::bigint as corrected_kopecks,
    sum(penalty_kopecks)::bigint as penalty_kopecks,
    sum(paid_kopecks)::bigint as paid_kopecks,
    sum(closing_kopecks)::bigint as closing_kopecks,
    sum(greatest(closing_kopecks, 0))::bigint as debt_kopecks,
    sum(greatest(-closing_kopecks, 0))::bigint as advance_kopecks,
    sum(greatest(closing_kopecks - greatest(charged_kopecks, 0) - greatest(corrected_kopecks, 0), 0))::bigint as overdue_kopecks,
    sum(abs(corrected_kopecks))::bigint as rebilled_kopecks,
    sum(kwh)::bigint as kwh,
    count(*) filter (where charged_kopecks > 0) as charged_accounts,
    count(*) filter (where corrected_kopecks <> 0) as rebilled_accounts,
    count(*) filter (where paid_kopecks > 0) as payers,
    count(*) filter (where closing_kopecks > 0) as debtors,
    count(*) filter (where penalty_kopecks <> 0 or penalty_taken_back_kopecks <> 0) as penalty_accounts,
    sum(penalty_taken_back_kopecks)::bigint as penalty_taken_back_kopecks
from marts.account_month
where period > (select sealed_period from replay.bounds)
group by district, category, period
order by period, district, category
