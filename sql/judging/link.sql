-- One row per reading that stands in a chain: what it is compared with if every reading before it was accepted.
-- grain: reading_id
-- kind:  step
-- A chain is one register of one meter, in the order in which its readings arrived (decision 4). What is refused for what it
-- is stands in no chain.
with states as (
    -- Where closed months left each chain.
    select
        account_number,
        meter_serial,
        zone,
        max(chain_position) as chain_position,
        arg_max(register, chain_position) filter (verdict = 'accepted') as register,
        arg_max(read_on, chain_position) filter (verdict = 'accepted') as read_on,
        arg_max(period, chain_position) filter (verdict = 'accepted') as period
    from closed.reading
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and chain_position is not null
        and account_number in (select account_number from judging.arrival)
    group by account_number, meter_serial, zone
),

ends as (
    select chains.register_key, states.chain_position, states.register, states.read_on, states.period
    from (select distinct register_key, account_number, meter_serial, zone from judging.arrival) as chains
    inner join states
        on states.account_number = chains.account_number
        and states.meter_serial = chains.meter_serial
        and states.zone = chains.zone
),

linked as (
    select
        arrived.reading_id,
        arrived.register_key,
        arrived.register,
        arrived.read_on,
        arrived.period,
        arrived.opening_period,
        arrived.channel,
        arrived.transformer_ratio,
        arrived.opening_register,
        row_number() over chain as step,
        lag(arrived.register) over chain as previous_register,
        lag(arrived.read_on) over chain as previous_read_on,
        lag(arrived.period) over chain as previous_period
    from judging.arrival as arrived
    anti join judging.finding as findings on findings.reading_id = arrived.reading_id
    window chain as (partition by arrived.register_key order by arrived.known_at, arrived.received_at, arrived.reading_id)
)

select
    linked.reading_id,
    linked.register_key,
    linked.register,
    linked.read_on,
    linked.period,
    linked.channel,
    linked.transformer_ratio,
    linked.step,
    coalesce(ends.chain_position, 0) + linked.step as chain_position,
    coalesce(linked.previous_register, ends.register, linked.opening_register) as previous_register,
    coalesce(linked.previous_read_on, ends.read_on) as previous_read_on,
    coalesce(linked.previous_period, ends.period, linked.opening_period) as previous_period
from linked
left join ends on ends.register_key = linked.register_key
