-- One row per account whose supply may be restricted (ограничение) once a notice is out: it owes more than two normative months.
-- grain: account_number
-- kind:  table
-- law:   ПП РФ 354 п. 117: debt of more than two monthly payments reckoned by the normative at the tariff in force, with a meter or
--        without; п. 119: a notice, and 20 days to pay
-- Instalment agreements and debts under dispute are not known here: a list of candidates, not of decisions.
with overdue as (
    select
        account_number,
        sum(open_kopecks)::bigint as overdue_kopecks,
        min(due_on) as oldest_due_on,
        count(*) as debts
    from ledger.debt
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and due_on < (select as_of::date from replay.bounds)
    group by account_number
),

months as (
    select
        overdue.*,
        accounts.category,
        normatives.kwh as normative_kwh,
        normatives.status as normative_status,
        -- The normative lies within the first range; before ranges, within the norm is the lower price.
        ((normatives.kwh * prices.price_e4 + 50) // 100)::bigint as month_kopecks
    from overdue
    cross join replay.bounds as bounds
    inner join known.account_version as accounts
        on accounts.account_number = overdue.account_number
        and accounts.from_period <= bounds.open_period and bounds.open_period < accounts.to_period
        and accounts.known_to = date '9999-12-31'
    left join known.tenant_version as tenants
        on tenants.account_number = overdue.account_number
        and tenants.from_period <= bounds.open_period and bounds.open_period < tenants.to_period
        and tenants.known_to = date '9999-12-31'
    inner join rating.knowledge as knowledge on knowledge.closing = bounds.open_period
    inner join rating.normative as normatives
        on normatives.period = bounds.open_period
        and normatives.epoch = knowledge.epoch
        and normatives.stove = accounts.stove
        and normatives.heating = accounts.heating
        and normatives.persons = greatest(coalesce(tenants.persons, 1), 1)
        and normatives.dwelling is not distinct from accounts.dwelling
        and normatives.rooms is not distinct from accounts.rooms
        and normatives.reason = 'no_reading'
    inner join rating.price as prices
        on prices.period = bounds.open_period
        and prices.epoch = knowledge.epoch
        and prices.category = accounts.category
        and prices.zone_plan = 'one_rate'
        and prices.zone = 'all'
        and prices.band in ('in_norm', 'band1')
)

select
    account_number,
    overdue_kopecks,
    debts,
    oldest_due_on,
    normative_kwh,
    normative_status,
    month_kopecks,
    overdue_kopecks // month_kopecks as full_months,
    (select as_of::date from replay.bounds) + 20 as may_restrict_from       -- if the notice goes out today
from months
where overdue_kopecks > 2 * month_kopecks
order by account_number
