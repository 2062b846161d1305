-- By month, the energy of all categories is what accounts were charged for in it, corrections left out.
-- asset:    marts.energy_month
-- severity: error
with lines as (
    select posting_period as period, sum(kwh) as kwh
    from ledger.charge_line
    where kind = 'charge' and posting_period > (select sealed_period from replay.bounds)
    group by posting_period
),

sums as (
    select period, sum(kwh) as kwh
    from marts.energy_month
    where period > (select sealed_period from replay.bounds)
    group by period
)

select coalesce(lines.period, sums.period) as period, lines.kwh, sums.kwh as summed_kwh
from lines
full outer join sums on sums.period = lines.period
where lines.kwh is distinct from sums.kwh
