-- One row per rule, verdict and channel: readings of a month that were held or rejected.
-- grain:  rule_id, verdict, channel
-- params: period
with refused as (
    select rule_id, verdict::varchar as verdict, channel::varchar as channel, count(*) as readings
    from reading
    where period = $period and verdict <> 'accepted'
    group by all
),

rules as (
    select rule_id, arg_max(message_ru, valid_from) as message_ru
    from reading_rule
    where valid_from <= $period
    group by rule_id
)

select refused.rule_id, refused.verdict, refused.channel, refused.readings, rules.message_ru
from refused
left join rules on rules.rule_id = refused.rule_id
order by refused.readings desc, refused.rule_id, refused.verdict, refused.channel
