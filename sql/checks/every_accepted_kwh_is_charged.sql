-- What accepted readings say was used in a service period is what the lines posted for it add up to, in kWh.
-- asset:    ledger.charge_line
-- severity: error
with touched as (
    select account_number, period as service_period
    from metering.reading
    where known_period > (select sealed_period from replay.bounds)
    union
    select account_number, service_period
    from ledger.charge_line
    where posting_period > (select sealed_period from replay.bounds)
),

sides as (
    select account_number, period as service_period, consumption_kwh as used_kwh, 0 as charged_kwh
    from metering.reading
    where verdict = 'accepted' and period <= (select open_period from replay.bounds)
    union all
    select account_number, service_period, 0 as used_kwh, kwh as charged_kwh
    from ledger.charge_line
)

select account_number, service_period, sum(used_kwh)::bigint as used_kwh, sum(charged_kwh)::bigint as charged_kwh
from sides
where
    service_period > (select sealed_period from replay.bounds)
    or (account_number, service_period) in (select account_number, service_period from touched)
group by account_number, service_period
having sum(used_kwh) <> sum(charged_kwh)
