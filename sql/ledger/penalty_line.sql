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

-- Each count posts its rows and takes back those of the count before it; what closed months posted is the first of them.
with moved as (
    select * from arrears.penalty
    union all by name
    select
        penalties.* replace (
            penalties.assessment_no + 1 as assessment_no, -penalties.days as days, -penalties.amount_kopecks as amount_kopecks
        )
    from arrears.penalty as penalties
    inner join arrears.assessment as assessments on assessments.assessment_no = penalties.assessment_no
    where not assessments.is_last
    union all by name
    select
        assessments.assessment_no,
        lines.day_from,
        lines.day_to,
        -lines.days as days,
        lines.base_kopecks,
        lines.fraction_divisor,
        lines.rate_pct,
        -lines.amount_kopecks as amount_kopecks
    from closed.penalty_line as lines
    inner join arrears.assessment as assessments
        on assessments.account_number = lines.account_number
        and assessments.period = lines.debt_period
        and assessments.kind = lines.debt_kind
    where assessments.is_first
),

differences as (
    select
        assessment_no,
        day_from,
        max(day_to) as day_to,
        sum(days)::integer as days,
        base_kopecks,
        fraction_divisor,
        rate_pct,
        sum(amount_kopecks)::bigint as amount_kopecks
    from moved
    group by assessment_no, day_from, base_kopecks, fraction_divisor, rate_pct
    having sum(days) <> 0 or sum(amount_kopecks) <> 0
)

select
    assessments.account_number,
    assessments.closing as posting_period,
    assessments.period as debt_period,
    assessments.kind as debt_kind,
    assessments.due_on,
    differences.day_from,
    differences.day_to,
    differences.days,
    differences.base_kopecks,
    differences.fraction_divisor,
    differences.rate_pct,
    differences.amount_kopecks,
    getvariable('rules_version') as rules_version
from differences
inner join arrears.assessment as assessments on assessments.assessment_no = differences.assessment_no
order by assessments.account_number, posting_period
