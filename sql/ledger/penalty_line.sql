-- One row per penalty posted (строка пеней): days of a debt that stood at one sum, part of the rate and rate, or some taken back.
-- grain:    account_number, posting_period, debt_period, debt_kind, day_from, fraction_divisor, rate_pct, base_kopecks
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds)
-- law:      decision 14: posted at each closing = all of it as counted then − what earlier closings posted
create table if not exists ledger.penalty_line (
    account_number bigint not null,
    posting_period date not null,          -- the month it is posted in
    debt_period date not null,             -- the bill, or the period of a debt brought in, that was paid late
    debt_kind debt_kind not null,
    due_on date not null,
    day_from date not null,                -- first day that bears penalty on this sum
    day_to date not null,                  -- the last one counted so far
    days integer not null,                 -- added by this closing; below zero when taken back
    base_kopecks bigint not null,
    fraction_divisor integer not null,     -- a day costs 1/divisor of the rate
    rate_pct decimal(5, 2) not null,
    amount_kopecks bigint not null,
    rules_version varchar not null
);

with closings as (
    select
        account_number,
        period,
        kind,
        closing,
        lead(closing) over debt as next_closing,
        row_number() over debt = 1 as is_first
    from arrears.assessment
    window debt as (partition by account_number, period, kind order by closing)
),

targets as (
    select penalties.*, closings.next_closing
    from arrears.penalty as penalties
    inner join closings
        on closings.account_number = penalties.account_number
        and closings.period = penalties.period
        and closings.kind = penalties.kind
        and closings.closing = penalties.closing
),

-- Each count posts its rows and takes back those of the count before it; what closed months posted is the first of them.
moved as (
    select * exclude (next_closing) from targets
    union all by name
    select
        * exclude (next_closing)
        replace (next_closing as closing, -days as days, -amount_kopecks as amount_kopecks)
    from targets
    where next_closing is not null
    union all by name
    select
        lines.account_number,
        lines.debt_period as period,
        lines.debt_kind as kind,
        closings.closing,
        lines.due_on,
        lines.day_from,
        lines.day_to,
        -lines.days as days,
        lines.base_kopecks,
        lines.fraction_divisor,
        lines.rate_pct,
        -lines.amount_kopecks as amount_kopecks
    from closed.penalty_line as lines
    inner join closings
        on closings.account_number = lines.account_number
        and closings.period = lines.debt_period
        and closings.kind = lines.debt_kind
    where closings.is_first
)

select
    account_number,
    closing as posting_period,
    period as debt_period,
    kind as debt_kind,
    due_on,
    day_from,
    max(day_to) as day_to,
    sum(days)::integer as days,
    base_kopecks,
    fraction_divisor,
    rate_pct,
    sum(amount_kopecks)::bigint as amount_kopecks,
    getvariable('rules_version') as rules_version
from moved
group by account_number, closing, period, kind, due_on, day_from, base_kopecks, fraction_divisor, rate_pct
having sum(days) <> 0 or sum(amount_kopecks) <> 0
order by account_number, posting_period
