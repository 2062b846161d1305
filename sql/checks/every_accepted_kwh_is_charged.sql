-- What accepted readings say an account used since the last closing is what the lines posted by reading add up to, in kWh.
-- asset:    ledger.charge_line
-- severity: error
with sides as (
    select account_number, consumption_kwh as used_kwh, 0 as charged_kwh
    from metering.reading
    where
        verdict = 'accepted'
        and period <= (select open_period from replay.bounds)
        -- A reading known in a closed month may count for an open one.
        and (period > (select sealed_period from replay.bounds) or known_period > (select sealed_period from replay.bounds))
    union all
    select account_number, 0 as used_kwh, kwh as charged_kwh
    from ledger.charge_line
    where basis = 'reading' and posting_period > (select sealed_period from replay.bounds)
)

select account_number, sum(used_kwh)::bigint as used_kwh, sum(charged_kwh)::bigint as charged_kwh
from sides
group by account_number
having sum(used_kwh) <> sum(charged_kwh)
