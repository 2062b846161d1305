-- One row per contract, month and part of its payment (stands in until branch `contracts` is merged; take its file).
-- grain: contract_number, period, part
-- kind:  table
select
    null::varchar as contract_number,
    null::date as period,
    null::tinyint as part,
    null::date as due_on,
    null::bigint as amount_kopecks
where false
