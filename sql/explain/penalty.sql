-- Penalty posted in one month: each row now, and before this closing. Parameters: account, period.
select
    lines.debt_period,
    lines.debt_kind::varchar as debt_kind,
    lines.due_on,
    lines.day_from,
    lines.day_to,
    lines.days,
    lines.base_kopecks,
    lines.fraction_divisor,
    lines.rate_pct,
    lines.amount_kopecks,
    coalesce(penalties.days, 0) as now_days,
    coalesce(penalties.amount_kopecks, 0) as now_kopecks
from ledger.penalty_line as lines
left join arrears.assessment as assessments
    on assessments.account_number = lines.account_number
    and assessments.period = lines.debt_period
    and assessments.kind = lines.debt_kind
    and assessments.closing = lines.posting_period
left join arrears.penalty as penalties
    on penalties.assessment_no = assessments.assessment_no
    and penalties.day_from = lines.day_from
    and penalties.fraction_divisor = lines.fraction_divisor
    and penalties.rate_pct = lines.rate_pct
    and penalties.base_kopecks = lines.base_kopecks
where lines.account_number = $account and lines.posting_period = $period
order by lines.due_on, lines.debt_kind, lines.day_from, lines.fraction_divisor
