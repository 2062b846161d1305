-- One row: the flat's share of the needs of its house in the last closed month, taken for the open one.
-- Parameters: last_period.
select
    lines.account_number,
    bounds.open_period as service_period,
    bounds.open_period as closing,
    bounds.open_period as reckoned_at,
    lines.basis,
    null::value_status as use_status,
    sum(lines.kwh)::bigint as kwh
from snapshot.ledger.charge_line as lines
cross join snapshot.replay.bounds as bounds
where
    lines.service_period = $last_period
    and lines.basis not in ('reading', 'average', 'normative')
    and lines.account_number between getvariable('first_account') and getvariable('last_account')
group by lines.account_number, bounds.open_period, lines.basis
having sum(lines.kwh) > 0
