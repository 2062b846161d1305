-- One row per document: the contract it pays, by which rule and known since which month; or why that cannot be told.
-- grain: source_file_id, source_line
-- kind:  step
-- law:   ГК РФ ст. 313 (another may pay), ст. 522 (the buyer says what he pays for)
-- What earlier months told stands: the first month in which a rule fits decides.
with judged as (
    select
        documents.source_file_id,
        documents.source_line,
        documents.direction,
        documents.says_refund,
        documents.says_registry,
        documents.named_contract,
        documents.named_period,
        evidence.*  exclude (source_file_id, source_line),
        case
            when documents.direction = 'unknown' then null
            when documents.direction = 'incoming' and documents.says_refund then null
            when evidence.own_named = 1 then 'contract_and_inn'
            when evidence.invoiced = 1 then 'invoice_and_inn'
            when evidence.own = 0 and evidence.others_named = 1 then 'contract_of_another'
            -- A slip of the pen, or a payment for another: a person asks.
            when evidence.own_named = 0 and evidence.others_named > 0 then null
            when evidence.own = 1 then 'inn'
            when evidence.account_contracts = 1 then 'account'
            when evidence.fitting = 1 then 'amount'
        end::receipt_rule as rule
    from business_step.document as documents
    inner join business_step.evidence as evidence
        on evidence.source_file_id = documents.source_file_id and evidence.source_line = documents.source_line
    where not documents.says_registry
)

select
    source_file_id,
    source_line,
    month,
    rule,
    case rule
        when 'contract_and_inn' then own_named_contract
        when 'invoice_and_inn' then invoiced_contract
        when 'contract_of_another' then others_contract
        when 'inn' then own_contract
        when 'account' then account_contract
        when 'amount' then fitting_contract
    end as contract_number,
    coalesce(named_period, case rule when 'invoice_and_inn' then invoiced_period end) as named_period,
    case
        when rule is not null then null
        when direction = 'unknown' then 'unknown_direction'
        when direction = 'incoming' and says_refund then 'says_refund'
        when own > 0 and own_named = 0 and others_named > 0 then 'names_another'
        when own > 1 then 'several_contracts'
        when named_contract is not null then 'unknown_contract'
        else 'unknown_payer'
    end::receipt_reason as reason
from judged
qualify row_number() over (
    partition by source_file_id, source_line order by rule is null, case when rule is null then -epoch(month) else epoch(month) end
) = 1
