-- One row per branch and month: the sums of its sites.
-- grain:    branch, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
create table if not exists marts.branch_month (
    branch varchar,
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
    kwh bigint not null
);

select
    branch,
    period,
    sum(accounts)::bigint as accounts,
    sum(opening_kopecks)::bigint as opening_kopecks,
    sum(charged_kopecks)::bigint as charged_kopecks,
    sum(corrected_kopecks)::bigint as corrected_kopecks,
    sum(penalty_kopecks)::bigint as penalty_kopecks,
    sum(paid_kopecks)::bigint as paid_kopecks,
    sum(closing_kopecks)::bigint as closing_kopecks,
    sum(debt_kopecks)::bigint as debt_kopecks,
    sum(advance_kopecks)::bigint as advance_kopecks,
    sum(kwh)::bigint as kwh
from marts.site_month
where period > (select sealed_period from replay.bounds)
group by branch, period
order by branch, period
