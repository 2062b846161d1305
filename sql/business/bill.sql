-- One row per contract and month of posting: what it is charged (stands in until branch `contracts` is merged; take its file).
-- grain: contract_number, period
-- kind:  table
select
    null::varchar as contract_number,
    null::date as period,
    null::bigint as net_kopecks,
    null::bigint as vat_kopecks,
    null::bigint as total_kopecks
where false
