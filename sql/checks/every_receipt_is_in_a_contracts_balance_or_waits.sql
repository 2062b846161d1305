-- What came by bank statement, less what was given back, is in the balances of contracts, waits, or is of no contract, to the kopeck.
-- asset:    business.balance
-- severity: error
with arrived as (
    select coalesce(sum(case when documents.direction = 'outgoing' then -documents.amount_kopecks else documents.amount_kopecks end), 0) as kopecks
    from intake.bank_document_fact as documents
    inner join business.purpose as words
        on words.source_file_id = documents.source_file_id and words.source_line = documents.source_line
    where documents.direction <> 'outgoing' or words.says_refund
),

accounted as (
    select
        (select coalesce(sum(paid_kopecks), 0) from business.balance)
        + (
            select coalesce(sum(amount_kopecks), 0)
            from business.receipt
            where status <> 'credited' and cancelled_period is null
        ) as kopecks
)

select arrived.kopecks as arrived_kopecks, accounted.kopecks as accounted_kopecks
from arrived
cross join accounted
where arrived.kopecks <> accounted.kopecks
