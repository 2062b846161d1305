-- One row per document of a bank statement that may be money of a contract: what came in, refunds that went out.
-- grain: source_file_id, source_line
-- kind:  step
-- law:   RULES 6.3: a business has paid on the day the money reached our account
select
    documents.source_file_id,
    documents.source_line,
    documents.known_period,
    documents.drawn_on,
    documents.number,
    documents.direction,
    case when documents.direction = 'outgoing' then -documents.amount_kopecks else documents.amount_kopecks end as amount_kopecks,
    case
        when documents.direction = 'outgoing' then coalesce(documents.spent_on, documents.drawn_on)
        else coalesce(documents.received_on, documents.spent_on, documents.drawn_on)
    end as paid_on,
    documents.payer_account,
    case when documents.direction = 'outgoing' then documents.payee_inn else documents.payer_inn end as inn,
    case when documents.direction = 'outgoing' then documents.payee_name else documents.payer_name end as name,
    case when documents.direction = 'outgoing' then documents.payee_account else documents.payer_account end as account,
    documents.purpose,
    words.named_contract,
    words.named_invoice,
    words.named_period,
    words.says_refund,
    words.says_registry
from intake.bank_document_fact as documents
inner join business.purpose as words
    on words.source_file_id = documents.source_file_id and words.source_line = documents.source_line
where documents.direction <> 'outgoing' or words.says_refund
