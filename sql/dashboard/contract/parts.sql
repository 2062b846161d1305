-- One row per part of a month that a contract is asked for, newest first: its document, what of it is paid, and since when it is due.
-- grain:  period, part
-- params: contract, since
with newest as (
    select period, max(part) as part from business_advance where contract_number = $contract group by period
)

select
    debts.period,
    debts.part,
    advances.share_pct,
    debts.due_on,
    debts.kopecks,
    debts.paid_kopecks,
    debts.open_kopecks,
    debts.paid_on,
    debts.is_billed,
    case
        when debts.open_kopecks = 0 then 'paid'
        when debts.paid_kopecks > 0 then 'partly'
        else 'unpaid'
    end as state,
    documents.number as document_number,
    documents.drawn_on
from business_debt as debts
left join business_advance as advances
    on advances.contract_number = debts.contract_number and advances.period = debts.period and advances.part = debts.part
left join newest on newest.period = debts.period
-- The last part of a month is asked for by its bill, the others by advance invoices.
left join document as documents
    on documents.contract_number = debts.contract_number
    and documents.period = debts.period
    and (
        (documents.kind = 'advance_invoice' and documents.part = debts.part)
        or (documents.kind = 'invoice' and debts.part = newest.part)
    )
where debts.contract_number = $contract and debts.period >= $since
order by debts.period desc, debts.part desc
