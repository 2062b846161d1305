-- One row per account, service period and closing at which that period is reckoned: its own, and each that learned more of it.
-- grain: account_number, service_period, closing
-- kind:  step
-- law:   decision 2: an account is evaluated only at closings with new facts for it
with bounds as (
    select sealed_period, open_period from replay.bounds
),

-- A file that came late may bring readings of months before the account became known.
measured as (
    select account_number, min(from_period) as first_period from rating.metered group by account_number
),

own as (
    select accounts.account_number, months.period as service_period, months.period as closing
    from known.account as accounts
    inner join rating.month as months on months.period >= accounts.known_period
    where months.period > (select sealed_period from bounds)
),

-- A reading says what was used since the accepted one before it, and where it stands late, what to estimate after it.
learned as (
    select account_number, closing, min(from_period) as from_period
    from rating.metered
    where closing > (select sealed_period from bounds) and from_period < closing
    group by account_number, closing
    union all
    -- Where a later reading bridged a gap first, the one inside the gap ends the silence before it at its own closing.
    select inside.account_number, inside.closing, min(bridges.from_period) as from_period
    from rating.metered as bridges
    inner join rating.metered as inside
        on inside.register_key = bridges.register_key
        and bridges.from_period < inside.period and inside.period <= bridges.period
        and inside.closing < bridges.closing
    where bridges.from_period < bridges.period and inside.closing > (select sealed_period from bounds)
    group by inside.account_number, inside.closing
    union all
    select account_number, closing, from_period from known.back_dated
),

again as (
    select distinct learned.account_number, months.period as service_period, learned.closing
    from learned
    inner join known.account as accounts on accounts.account_number = learned.account_number
    left join measured on measured.account_number = learned.account_number
    inner join rating.month as months
        on months.period >= greatest(learned.from_period, least(accounts.known_period, measured.first_period))
        and months.period < learned.closing
)

select * from own
union all
select * from again
