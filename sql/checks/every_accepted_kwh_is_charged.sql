-- What accepted readings say was used in a service period is what the lines posted for it add up to, in kWh.
-- asset:    ledger.charge_line
-- severity: error
with touched as (
    select distinct account_number, service_period from rating.evaluation
),

used as (
    select readings.account_number, readings.period as service_period, sum(readings.consumption_kwh)::bigint as kwh
    from metering.reading as readings
    semi join touched on touched.account_number = readings.account_number and touched.service_period = readings.period
    where readings.verdict = 'accepted'
    group by readings.account_number, readings.period
),

charged as (
    select lines.account_number, lines.service_period, sum(lines.kwh)::bigint as kwh
    from ledger.charge_line as lines
    semi join touched on touched.account_number = lines.account_number and touched.service_period = lines.service_period
    group by lines.account_number, lines.service_period
)

select
    coalesce(used.account_number, charged.account_number) as account_number,
    coalesce(used.service_period, charged.service_period) as service_period,
    used.kwh as used_kwh,
    charged.kwh as charged_kwh
from used
full outer join charged on charged.account_number = used.account_number and charged.service_period = used.service_period
where coalesce(used.kwh, 0) <> coalesce(charged.kwh, 0)
