-- One row per document that may pay a contract and contract that held it (поступление): credited, waiting, or of no contract.
-- grain: source_file_id, source_line, posting_period
-- kind:  table
-- law:   decision 4: what is credited moves only by a decision of a specialist, from the month of the decision on
-- Where `cancelled_period` is given, the money counts from `posting_period` up to that month; after that it stands in the next row.
with decisions as (
    select
        documents.source_file_id,
        documents.source_line,
        greatest(decisions.known_period, documents.known_period) as month,
        decisions.decision,
        contracts.contract_number,
        coalesce(decisions.named_period, documents.named_period) as named_period,
        decisions.source_file_id as decided_file_id,
        decisions.source_line as decided_line
    from intake.receipt_decision_fact as decisions
    inner join business_step.document as documents
        on documents.drawn_on = decisions.drawn_on
        and documents.number = decisions.document_number
        and abs(documents.amount_kopecks) = decisions.amount_kopecks
        and documents.payer_account is not distinct from decisions.payer_account
    left join (
        select contract_number, min(known_period) as known_period from intake.contract_fact group by contract_number
    ) as contracts
        on contracts.contract_number = decisions.contract_number and contracts.known_period <= decisions.known_period
    -- An unknown contract decides nothing: the document stays where it was.
    where decisions.decision = 'dismiss' or contracts.contract_number is not null
),

told as (
    select
        source_file_id,
        source_line,
        month,
        'credited'::receipt_status as status,
        rule,
        contract_number,
        named_period,
        0 as place
    from business_step.match
    where rule is not null
    union all
    select
        source_file_id,
        source_line,
        month,
        case decision when 'assign' then 'credited' else 'foreign' end::receipt_status,
        'decision'::receipt_rule,
        contract_number,
        named_period,
        row_number() over (
            partition by source_file_id, source_line order by month, decided_file_id, decided_line
        ) as place
    from decisions
),

-- Of one month the last word counts; a rule that fits only after somebody has decided says nothing.
kept as (
    select told.*
    from told
    left join (
        select source_file_id, source_line, min(month) as month from decisions group by source_file_id, source_line
    ) as first_decision
        on first_decision.source_file_id = told.source_file_id and first_decision.source_line = told.source_line
    where told.place > 0 or first_decision.month is null or told.month < first_decision.month
    qualify row_number() over (
        partition by told.source_file_id, told.source_line, told.month order by told.place desc
    ) = 1
),

states as (
    select
        *,
        lead(month) over (partition by source_file_id, source_line order by month) as cancelled_period
    from kept
)

select
    documents.source_file_id,
    documents.source_line,
    documents.number as document_number,
    documents.drawn_on,
    documents.paid_on,
    documents.amount_kopecks,
    documents.inn,
    documents.name,
    documents.payer_account,
    documents.purpose,
    coalesce(
        states.status,
        case when documents.says_registry or transfers.rule is not null then 'registry' else 'suspense' end::receipt_status
    ) as status,
    states.rule,
    case when states.status is null and transfers.rule is null then match.reason end as reason,
    states.contract_number,
    states.named_period,
    states.month as posting_period,        -- null while it waits
    states.cancelled_period,
    timezone('Europe/Moscow', files.known_at)::date as waits_since,
    documents.known_period
from business_step.document as documents
left join states on states.source_file_id = documents.source_file_id and states.source_line = documents.source_line
left join business_step.match as match
    on match.source_file_id = documents.source_file_id and match.source_line = documents.source_line
left join business_step.transfer as transfers
    on transfers.source_file_id = documents.source_file_id and transfers.source_line = documents.source_line
inner join intake.source_file as files on files.source_file_id = documents.source_file_id
