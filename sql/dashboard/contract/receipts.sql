-- One row per payment credited to a contract, newest first: what of it pays months, and what waits as an advance.
-- grain:  source_file_id, source_line, posting_period
-- params: contract, since
with used as (
    select source_file_id, source_line, sum(kopecks)::bigint as kopecks
    from crediting
    where contract_number = $contract
    group by source_file_id, source_line
)

select
    receipts.source_file_id,
    receipts.source_line,
    receipts.posting_period,
    receipts.paid_on,
    receipts.document_number,
    receipts.amount_kopecks,
    coalesce(used.kopecks, 0) as used_kopecks,
    receipts.amount_kopecks - coalesce(used.kopecks, 0) as unused_kopecks,
    receipts.purpose
from receipt as receipts
left join used on used.source_file_id = receipts.source_file_id and used.source_line = receipts.source_line
where
    receipts.contract_number = $contract
    and receipts.status = 'credited'
    and receipts.cancelled_period is null
    and receipts.paid_on >= $since
order by receipts.paid_on desc, receipts.source_file_id desc, receipts.source_line desc
