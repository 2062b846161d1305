-- One row per reading (показание) with its verdict; an accepted one carries the energy used since the accepted one before it.
-- grain:    reading_id
-- kind:     journal
-- rewrites: known_period > (select sealed_period from replay.bounds)
-- law:      decisions 4, 9, 10; the rules themselves are rows of reference.reading_rule
-- A chain is one register of one meter, in the order in which its readings arrived. Where no reading of a chain stands out, a
-- window over it is enough; a chain with a candidate is walked step by step, since each verdict decides what the next one is
-- compared with.
create table if not exists metering.reading (
    reading_id bigint not null,
    account_number bigint not null,
    meter_serial varchar not null,
    zone zone not null,
    zone_plan zone_plan,                   -- of the meter as known when judged; null when the meter is unknown
    read_on date not null,
    received_at timestamptz not null,
    value decimal(15, 3) not null,         -- as sent
    register bigint not null,              -- whole kWh of the value: what is billed
    channel channel not null,
    verdict verdict not null,
    rule_id varchar,                       -- the rule that refused or holds it; null when accepted
    period date not null,                  -- the month it counts for
    previous_register bigint,              -- what it was compared with
    consumption_kwh bigint,                -- energy since then, transformer ratio included; null unless accepted
    chain_position bigint,                 -- place in the chain of its register; null when refused before any comparison
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);

with recursive chained as (
    select
        matched.reading_id,
        matched.account_number,
        matched.meter_serial,
        matched.zone,
        matched.zone_plan,
        matched.read_on,
        matched.received_at,
        matched.received_on,
        matched.value,
        matched.register,
        matched.channel,
        matched.period,
        matched.known_at,
        matched.known_period,
        matched.source_file_id,
        matched.source_line,
        matched.dial_size,
        matched.transformer_ratio,
        matched.opening_register,
        -- What is refused for what it is stands in no chain.
        case when findings.reading_id is null then matched.register_key end as register_key,
        findings.verdict as refused_verdict,
        findings.rule_id as refused_rule_id
    from metering.matched_reading as matched
    left join metering.finding as findings on findings.reading_id = matched.reading_id
),

-- Where closed months left each chain.
states as (
    select
        account_number,
        meter_serial,
        zone,
        max(chain_position) as chain_position,
        arg_max(register, chain_position) filter (verdict = 'accepted') as register,
        arg_max(read_on, chain_position) filter (verdict = 'accepted') as read_on
    from metering.reading
    where
        account_number between getvariable('first_account') and getvariable('last_account')
        and known_period <= (select sealed_period from replay.bounds)
        and chain_position is not null
        and account_number in (
            select account_number
            from intake.reading_fact
            where
                account_number between getvariable('first_account') and getvariable('last_account')
                and known_period > (select sealed_period from replay.bounds)
        )
    group by account_number, meter_serial, zone
),

numbered as (
    select
        chained.*,
        coalesce(states.chain_position, 0) as state_position,
        row_number() over chain as step,
        coalesce(lag(chained.register) over chain, states.register, chained.opening_register) as previous_register,
        coalesce(lag(chained.read_on) over chain, states.read_on) as previous_read_on
    from chained
    left join states
        on states.account_number = chained.account_number
        and states.meter_serial = chained.meter_serial
        and states.zone = chained.zone
    window chain as (
        partition by chained.register_key order by chained.known_at, chained.received_at, chained.reading_id
    )
),

jump_limits as (
    select channels.channel, min(rules.parameter_value) as jump_max_kwh
    from (select unnest(enum_range(null::channel))::channel as channel) as channels
    inner join reference.reading_rule as rules
        on rules.rule_id = 'site_jump'
        and (rules.channels = ['*'] or list_contains(rules.channels, channels.channel::varchar))
    group by channels.channel
),

-- From the first candidate on a chain is walked; before it every reading was accepted.
walked_chains as (
    select numbered.register_key, min(numbered.step) as first_step
    from numbered
    left join jump_limits on jump_limits.channel = numbered.channel
    where
        numbered.register_key is not null
        and (
            numbered.read_on <= numbered.previous_read_on
            or numbered.register < numbered.previous_register
            or (numbered.register - numbered.previous_register) * numbered.transformer_ratio > jump_limits.jump_max_kwh
        )
    group by numbered.register_key
),

to_walk as materialized (
    select numbered.*, walked_chains.first_step
    from numbered
    inner join walked_chains
        on walked_chains.register_key = numbered.register_key and walked_chains.first_step <= numbered.step
),

rules_in_force as (
    select
        days.channel,
        days.received_on,
        max(rules.severity) filter (rules.rule_id = 'duplicate') as duplicate,
        max(rules.severity) filter (rules.rule_id = 'two_values_for_one_day') as two_values_for_one_day,
        max(rules.severity) filter (rules.rule_id = 'date_before_previous') as date_before_previous,
        max(rules.severity) filter (rules.rule_id = 'below_previous') as below_previous,
        max(rules.parameter_value) filter (rules.rule_id = 'below_previous') as rollover_max_kwh,
        max(rules.severity) filter (rules.rule_id = 'site_jump') as site_jump,
        max(rules.parameter_value) filter (rules.rule_id = 'site_jump') as jump_max_kwh
    from (select distinct channel, received_on from to_walk) as days
    inner join reference.reading_rule as rules
        on rules.valid_from <= days.received_on
        and days.received_on < rules.valid_to
        and (rules.channels = ['*'] or list_contains(rules.channels, days.channel::varchar))
    group by days.channel, days.received_on
),

steps as materialized (
    select to_walk.*, rules.* exclude (channel, received_on)
    from to_walk
    left join rules_in_force as rules
        on rules.channel = to_walk.channel and rules.received_on = to_walk.received_on
),

walk as (
    select
        register_key,
        step - 1 as step,
        null::bigint as reading_id,
        null::bigint as previous_register,
        null::bigint as energy_kwh,
        null::varchar as rule_id,
        null::verdict as verdict,
        previous_register as last_register,
        previous_read_on as last_read_on
    from to_walk
    where step = first_step
    union all
    select
        steps.register_key,
        steps.step,
        steps.reading_id,
        walk.last_register as compared_with,
        (
            steps.register - compared_with + case when steps.register < compared_with then steps.dial_size else 0 end
        ) * steps.transformer_ratio as used_kwh,
        case
            when steps.duplicate is not null and steps.read_on = walk.last_read_on and steps.register = walk.last_register
                then 'duplicate'
            when
                steps.two_values_for_one_day is not null
                and steps.read_on = walk.last_read_on and steps.register <> walk.last_register
                then 'two_values_for_one_day'
            when steps.date_before_previous is not null and steps.read_on < walk.last_read_on then 'date_before_previous'
            when steps.below_previous is not null and steps.register < compared_with and used_kwh > steps.rollover_max_kwh
                then 'below_previous'
            when steps.site_jump is not null and used_kwh > steps.jump_max_kwh then 'site_jump'
        end as judged_rule,
        case judged_rule
            when 'duplicate' then steps.duplicate
            when 'two_values_for_one_day' then steps.two_values_for_one_day
            when 'date_before_previous' then steps.date_before_previous
            when 'below_previous' then steps.below_previous
            when 'site_jump' then steps.site_jump
            else 'accepted'
        end::verdict as verdict,
        case when judged_rule is null then steps.register else walk.last_register end as last_register,
        case when judged_rule is null then steps.read_on else walk.last_read_on end as last_read_on
    from walk
    inner join steps on steps.register_key = walk.register_key and steps.step = walk.step + 1
),

judged as (
    select
        direct.* replace (case when direct.register_key is not null then direct.previous_register end as previous_register),
        coalesce(direct.refused_verdict, 'accepted') as verdict,
        direct.refused_rule_id as rule_id,
        case
            when direct.register_key is not null
                then (direct.register - direct.previous_register) * direct.transformer_ratio
        end as consumption_kwh
    from numbered as direct
    left join walked_chains on walked_chains.register_key = direct.register_key
    where walked_chains.register_key is null or direct.step < walked_chains.first_step
    union all by name
    select
        to_walk.* exclude (first_step) replace (walk.previous_register as previous_register),
        walk.verdict,
        walk.rule_id,
        case when walk.verdict = 'accepted' then walk.energy_kwh end as consumption_kwh
    from to_walk
    inner join walk on walk.reading_id = to_walk.reading_id
)

select
    reading_id, account_number, meter_serial, zone, zone_plan, read_on, received_at, value, register, channel, verdict, rule_id,
    period, previous_register, consumption_kwh,
    case when register_key is not null then state_position + step end as chain_position, known_period, source_file_id, source_line
from judged
order by account_number, reading_id
