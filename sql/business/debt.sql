-- One row per part of a month that a contract was asked for by now (задолженность): what was paid of it, and since when it is overdue.
-- grain: contract_number, period, part
-- kind:  table
with today as (
    select closing, last_day from business_step.closing where is_open
),

paid as (
    select parts.contract_number, parts.debt_no, sum(parts.kopecks)::bigint as kopecks, max(payments.paid_on) as paid_on
    from business_step.part as parts
    inner join today on today.closing = parts.closing
    inner join business_step.paying as payments
        on payments.contract_number = parts.contract_number
        and payments.closing = parts.closing
        and payments.money_no = parts.money_no
    group by parts.contract_number, parts.debt_no
)

select
    owed.contract_number,
    owed.period,
    owed.part,
    owed.customer_kind,
    owed.due_on,
    owed.period < today.closing as is_billed,      -- else an advance of the month that runs
    owed.kopecks,
    coalesce(paid.kopecks, 0) as paid_kopecks,
    paid.paid_on,                          -- the last payment of it
    owed.kopecks - coalesce(paid.kopecks, 0) as open_kopecks,
    greatest(date_diff('day', owed.due_on, today.last_day), 0) as days_overdue
from business_step.owed as owed
inner join today on today.closing = owed.closing
left join paid on paid.contract_number = owed.contract_number and paid.debt_no = owed.debt_no
where owed.kopecks > 0
order by owed.contract_number, owed.period, owed.part
