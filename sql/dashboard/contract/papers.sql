-- One row per document issued to a contract, newest first, with the names and hashes of its files.
-- grain:  kind, year, number
-- params: contract, since
select
    kind::varchar as kind,
    year,
    number,
    drawn_on,
    period,
    service_period,
    part::integer as part,
    total_kopecks,
    files
from document
where contract_number = $contract and period >= $since
order by drawn_on desc, kind, number desc
