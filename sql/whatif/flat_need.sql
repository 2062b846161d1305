-- One row per flat and month: what it is charged for the needs of its house as the ledger stands, kWh.
-- Parameters: first_period, last_period.
select
    lines.account_number,
    lines.service_period,
    bounds.open_period as closing,
    bounds.open_period as reckoned_at,
    lines.basis,
    null::value_status as use_status,
    sum(lines.kwh)::bigint as kwh
from snapshot.ledger.charge_line as lines
cross join snapshot.replay.bounds as bounds
where
    lines.posting_period >= $first_period
    and lines.service_period between $first_period and $last_period
    and lines.basis not in ('reading', 'average', 'normative')
    and lines.account_number between getvariable('first_account') and getvariable('last_account')
group by lines.account_number, lines.service_period, bounds.open_period, lines.basis
having sum(lines.kwh) > 0
