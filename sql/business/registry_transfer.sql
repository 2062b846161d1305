-- One row per registry of payments and the transfer that paid it, and per each of them that lacks the other (сверка реестров с выпиской).
-- grain: registry_file_id, transfer_file_id, transfer_line
-- kind:  table
-- law:   FORMATS 3.2: the transfer in the bank statement is the sum of the registry less the agent's commission
with paired as (
    select
        pairs.rule,
        pairs.registry_file_id,
        documents.*
    from business_step.transfer as pairs
    inner join business_step.document as documents
        on documents.source_file_id = pairs.source_file_id and documents.source_line = pairs.source_line
),

told as (
    select
        registries.agent,
        registries.registry_number,
        registries.source_file_id as registry_file_id,
        registries.handed_on,
        registries.payments,
        registries.amount_kopecks,
        registries.amount_kopecks - registries.transferred_kopecks as commission_kopecks,
        registries.transferred_kopecks,
        paired.source_file_id as transfer_file_id,
        paired.source_line as transfer_line,
        paired.number as document_number,
        paired.name as payer,
        paired.paid_on,
        paired.amount_kopecks as received_kopecks,
        paired.rule
    from business_step.registry as registries
    left join paired on paired.registry_file_id = registries.source_file_id
    union all
    select
        null, null, null, null, null, null, null, null, documents.source_file_id, documents.source_line, documents.number, documents.name,
        documents.paid_on, documents.amount_kopecks, null
    from business_step.document as documents
    anti join paired on paired.source_file_id = documents.source_file_id and paired.source_line = documents.source_line
    where documents.says_registry and documents.direction = 'incoming' and not documents.says_refund
),

-- Days that a statement of our account speaks of.
stated as (
    select first_day, last_day from intake.bank_balance_fact
    union all
    select paid_on, paid_on from business_step.document
),

expected as (
    select registries.source_file_id
    from business_step.registry as registries
    inner join reference.registry_rule as rules
        on rules.valid_from <= registries.handed_on and registries.handed_on < rules.valid_to
    semi join stated on stated.first_day <= registries.handed_on + rules.days_most and registries.handed_on <= stated.last_day
)

select
    told.*,
    case
        when registry_file_id is null then 'no_registry'
        when transfer_file_id is null and expected.source_file_id is null then 'no_statement'
        when transfer_file_id is null then 'no_transfer'
        when received_kopecks = transferred_kopecks then 'matched'
        else 'differs'
    end::registry_status as status,
    coalesce(received_kopecks, 0) - coalesce(transferred_kopecks, 0) as difference_kopecks,
    case
        when registry_file_id is null or transfer_file_id is null
            then date_diff('day', coalesce(handed_on, paid_on), timezone('Europe/Moscow', bounds.as_of)::date)
    end as waits_days
from told
left join expected on expected.source_file_id = told.registry_file_id
cross join replay.bounds as bounds
