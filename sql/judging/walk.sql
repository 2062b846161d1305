-- One row per reading from the first candidate of its chain on: its verdict, found step by step.
-- grain: reading_id
-- kind:  step
-- law:   decisions 4, 10; ПП РФ 354 п. 61: what a controller reads holds against what was said before, be it less; the rules
--        themselves are rows of reference.reading_rule
-- Where no reading of a chain stands out, judging.link is enough; a chain with a candidate for refusal is walked, since each
-- verdict decides what the next reading is compared with. Before the first candidate every reading was accepted.
with recursive jump_limits as (
    select channels.channel, min(rules.parameter_value) as jump_max_kwh
    from (select unnest(enum_range(null::channel))::channel as channel) as channels
    inner join reference.reading_rule as rules
        on rules.rule_id = 'site_jump'
        and (rules.channels = ['*'] or list_contains(rules.channels, channels.channel::varchar))
    group by channels.channel
),

-- From the first candidate on a chain is walked; before it every reading was accepted.
walked_chains as (
    select links.register_key, min(links.step) as first_step
    from judging.link as links
    left join jump_limits on jump_limits.channel = links.channel
    where
        links.read_on <= links.previous_read_on
        or links.register < links.previous_register
        or (links.register - links.previous_register) * links.transformer_ratio > jump_limits.jump_max_kwh
    group by links.register_key
),

to_walk as materialized (
    select links.*, arrived.received_on, arrived.dial_size, walked_chains.first_step
    from judging.link as links
    inner join walked_chains
        on walked_chains.register_key = links.register_key and walked_chains.first_step <= links.step
    inner join judging.arrival as arrived on arrived.reading_id = links.reading_id
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
        max(rules.parameter_value) filter (rules.rule_id = 'control_below_previous') as control_rollover_max_kwh,
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

walked as (
    select
        register_key,
        step - 1 as step,
        null::bigint as reading_id,
        null::bigint as previous_register,
        null::bigint as before_control_kwh,
        null::bigint as energy_kwh,
        null::varchar as rule_id,
        null::verdict as verdict,
        previous_register as last_register,
        previous_read_on as last_read_on,
        null::date as previous_period,
        previous_period as last_period
    from to_walk
    where step = first_step
    union all
    select
        steps.register_key,
        steps.step,
        steps.reading_id,
        walked.last_register as compared_with,
        (
            steps.register - compared_with + case when steps.register < compared_with then steps.dial_size else 0 end
        ) * steps.transformer_ratio as used_kwh,
        case
            when steps.register < compared_with and used_kwh > steps.control_rollover_max_kwh
                then (steps.register - compared_with) * steps.transformer_ratio
            else used_kwh
        end as energy_kwh,
        case
            when steps.duplicate is not null and steps.read_on = walked.last_read_on and steps.register = walked.last_register
                then 'duplicate'
            when
                steps.two_values_for_one_day is not null
                and steps.read_on = walked.last_read_on and steps.register <> walked.last_register
                then 'two_values_for_one_day'
            when steps.date_before_previous is not null and steps.read_on < walked.last_read_on then 'date_before_previous'
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
        case when judged_rule is null then steps.register else walked.last_register end as last_register,
        case when judged_rule is null then steps.read_on else walked.last_read_on end as last_read_on,
        walked.last_period as previous_period,
        case when judged_rule is null then steps.period else walked.last_period end as last_period
    from walked
    inner join steps on steps.register_key = walked.register_key and steps.step = walked.step + 1
)

select
    reading_id,
    previous_register,
    previous_period,
    case when verdict = 'accepted' then energy_kwh end as energy_kwh,
    rule_id,
    verdict
from walked
where reading_id is not null
