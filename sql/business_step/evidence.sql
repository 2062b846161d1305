-- One row per document and month in which something new was known about its payer: what could be told of its contract then.
-- grain: source_file_id, source_line, month
-- kind:  step
with months as (
    select source_file_id, source_line, known_period as month from business_step.document
    union
    select source_file_id, source_line, known_period from business_step.named
),

named as (
    select
        months.source_file_id,
        months.source_line,
        months.month,
        count(*) filter (named.is_own) as own,
        count(*) filter (named.is_own and named.is_named) as own_named,
        count(*) filter (named.is_named and not named.is_own) as others_named,
        min(named.contract_number) filter (named.is_own) as own_contract,
        min(named.contract_number) filter (named.is_own and named.is_named) as own_named_contract,
        min(named.contract_number) filter (named.is_named and not named.is_own) as others_contract
    from months
    left join business_step.named as named
        on named.source_file_id = months.source_file_id
        and named.source_line = months.source_line
        and named.known_period <= months.month
    group by months.source_file_id, months.source_line, months.month
),

-- Sums that the contracts of a payer who has several are asked for, from which month on: advances from their own, bills and what
-- advances leave of them from the next.
asked as (
    select contract_number, (period + interval 1 month)::date as month, total_kopecks as kopecks from business.bill
    union
    select
        parts.contract_number,
        case
            when bills.contract_number is not null
                and parts.part = max(parts.part) over (partition by parts.contract_number, parts.period)
                then parts.period + interval 1 month
            else parts.period
        end::date,
        parts.amount_kopecks
    from business.advance as parts
    left join business.bill as bills on bills.contract_number = parts.contract_number and bills.period = parts.period
),

fitting as (
    select
        named.source_file_id,
        named.source_line,
        named.month,
        count(distinct own.contract_number) as fitting,
        min(own.contract_number) as fitting_contract
    from named
    inner join business_step.document as documents
        on documents.source_file_id = named.source_file_id and documents.source_line = named.source_line
    inner join business_step.named as own
        on own.source_file_id = named.source_file_id
        and own.source_line = named.source_line
        and own.is_own
        and own.known_period <= named.month
    inner join asked
        on asked.contract_number = own.contract_number
        and asked.kopecks = documents.amount_kopecks
        and asked.month between named.month - interval 3 month and named.month
    where named.own > 1
    group by named.source_file_id, named.source_line, named.month
),

invoiced as (
    select
        named.source_file_id,
        named.source_line,
        named.month,
        count(distinct issued.contract_number) as invoiced,
        min(issued.contract_number) as invoiced_contract,
        min(issued.period) as invoiced_period
    from named
    inner join business_step.document as documents
        on documents.source_file_id = named.source_file_id and documents.source_line = named.source_line
    inner join business_step.named as own
        on own.source_file_id = named.source_file_id
        and own.source_line = named.source_line
        and own.is_own
        and own.known_period <= named.month
    inner join intake.document_fact as issued
        on issued.contract_number = own.contract_number
        and issued.kind in ('invoice', 'advance_invoice')
        and issued.number::varchar = documents.named_invoice
        and issued.drawn_on > documents.paid_on - interval 1 year
        -- What was issued later was not known then.
        and date_trunc('month', timezone('Europe/Moscow', issued.issued_at)) <= named.month
    group by named.source_file_id, named.source_line, named.month
)

select
    named.*,
    coalesce(fitting.fitting, 0) as fitting,
    fitting.fitting_contract,
    coalesce(invoiced.invoiced, 0) as invoiced,
    invoiced.invoiced_contract,
    invoiced.invoiced_period,
    coalesce(accounts.contracts, 0) as account_contracts,
    accounts.contract_number as account_contract
from named
inner join business_step.document as documents
    on documents.source_file_id = named.source_file_id and documents.source_line = named.source_line
left join fitting
    on fitting.source_file_id = named.source_file_id
    and fitting.source_line = named.source_line
    and fitting.month = named.month
left join invoiced
    on invoiced.source_file_id = named.source_file_id
    and invoiced.source_line = named.source_line
    and invoiced.month = named.month
asof left join business_step.payer_account as accounts
    on accounts.account = documents.account and accounts.known_period <= named.month
