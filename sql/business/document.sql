-- One row per document issued to a business (реестр документов), without what it says.
-- grain: kind, year, number
-- kind:  view
select
    kind,
    year,
    number,
    contract_number,
    period,
    service_period,
    part,
    drawn_on,
    total_kopecks,
    files
from intake.document_fact
