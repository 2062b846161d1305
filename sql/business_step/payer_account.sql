-- One row per account that documents naming their contract came from, and month that knows of another contract it pays for.
-- grain: account, known_period
-- kind:  step
with first_known as (
    select documents.account, named.contract_number, min(named.known_period) as known_period
    from business_step.document as documents
    inner join business_step.named as named
        on named.source_file_id = documents.source_file_id and named.source_line = documents.source_line
    where documents.account is not null and documents.direction = 'incoming' and named.is_own and named.is_named
    group by documents.account, named.contract_number
)

select
    account,
    known_period,
    count(*) over (partition by account order by known_period) as contracts,
    min(contract_number) over (partition by account order by known_period) as contract_number
from first_known
