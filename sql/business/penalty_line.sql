-- One row per penalty posted to a contract (строка пеней): days of a month that stood at one sum, part of the rate and rate, or some taken back.
-- grain:    contract_number, posting_period, period, due_on, day_from, fraction_divisor, rate_pct, base_kopecks
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds)
-- law:      decision 14: posted at each closing = all of it as counted then − what earlier closings posted
create table if not exists business.penalty_line (
    contract_number varchar not null,
    posting_period date not null,          -- the month it is posted in
    period date not null,                  -- the month that was paid late
    due_on date not null,
    customer_kind customer_kind not null,  -- whose scale and rate
    day_from date not null,                -- first day that bears penalty on this sum
    day_to date not null,                  -- the last one counted so far
    days integer not null,                 -- added by this closing; below zero when taken back
    base_kopecks bigint not null,
    fraction_divisor integer not null,     -- a day costs 1/divisor of the rate
    rate_pct decimal(5, 2) not null,
    amount_kopecks bigint not null,
    rules_version varchar not null
);

with moved as (
    select * from business_step.penalty
    union all by name
    -- Each closing takes back what the one before it had counted; the first of this run, what closed months posted.
    select penalties.* replace (
        closings.closing as closing, -penalties.days as days, -penalties.amount_kopecks as amount_kopecks
    )
    from business_step.penalty as penalties
    inner join business_step.closing as closings on closings.closing = penalties.closing + interval 1 month
    union all by name
    select
        lines.contract_number,
        lines.period,
        lines.due_on,
        (select min(closing) from business_step.closing) as closing,
        lines.customer_kind,
        lines.day_from,
        lines.day_to,
        -lines.days as days,
        lines.base_kopecks,
        lines.fraction_divisor,
        lines.rate_pct,
        -lines.amount_kopecks as amount_kopecks
    from closed.penalty_line as lines
)

select
    contract_number,
    closing as posting_period,
    period,
    due_on,
    customer_kind,
    day_from,
    max(day_to) as day_to,
    sum(days)::integer as days,
    base_kopecks,
    fraction_divisor,
    rate_pct,
    sum(amount_kopecks)::bigint as amount_kopecks,
    getvariable('rules_version') as rules_version
from moved
group by contract_number, closing, period, due_on, customer_kind, day_from, base_kopecks, fraction_divisor, rate_pct
having sum(days) <> 0 or sum(amount_kopecks) <> 0
order by contract_number, posting_period
