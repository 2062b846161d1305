-- One row per contract and month (сальдо): opening + charged + penalty − paid = closing; below zero: an advance.
-- grain: contract_number, period
-- kind:  table
with moved as (
    select contract_number, period, total_kopecks as charged_kopecks, 0 as penalty_kopecks, 0 as paid_kopecks
    from business.bill
    union all
    select contract_number, posting_period, 0, amount_kopecks, 0 from business.penalty_line
    union all
    select contract_number, posting_period, 0, 0, amount_kopecks from business.receipt where status = 'credited'
    union all
    select contract_number, cancelled_period, 0, 0, -amount_kopecks
    from business.receipt
    where status = 'credited' and cancelled_period is not null
),

sums as (
    select
        contract_number,
        period,
        sum(charged_kopecks)::bigint as charged_kopecks,
        sum(penalty_kopecks)::bigint as penalty_kopecks,
        sum(paid_kopecks)::bigint as paid_kopecks
    from moved
    group by contract_number, period
),

months as (
    select contract_number, unnest(generate_series(min(period), (select open_period from replay.bounds), interval 1 month))::date as period
    from sums
    group by contract_number
),

filled as (
    select
        months.contract_number,
        months.period,
        coalesce(sums.charged_kopecks, 0) as charged_kopecks,
        coalesce(sums.penalty_kopecks, 0) as penalty_kopecks,
        coalesce(sums.paid_kopecks, 0) as paid_kopecks
    from months
    left join sums on sums.contract_number = months.contract_number and sums.period = months.period
)

select
    contract_number,
    period,
    (
        sum(charged_kopecks + penalty_kopecks - paid_kopecks) over so_far - (charged_kopecks + penalty_kopecks - paid_kopecks)
    )::bigint as opening_kopecks,
    charged_kopecks,
    penalty_kopecks,
    paid_kopecks,
    (sum(charged_kopecks + penalty_kopecks - paid_kopecks) over so_far)::bigint as closing_kopecks
from filled
window so_far as (partition by contract_number order by period rows unbounded preceding)
order by contract_number, period
