-- One row per part of a month that a contract was asked for and has not paid in full, the longest overdue first.
-- grain:  period, part
-- params: contract
select
    period,
    part::integer as part,
    customer_kind::varchar as customer_kind,
    due_on,
    kopecks as amount_kopecks,
    paid_kopecks,
    open_kopecks,
    days_overdue
from business_debt
where contract_number = $contract and open_kopecks > 0
order by days_overdue desc, period, part
