-- One row per rule that held or rejected readings of a month, the most frequent first.
-- grain:  rule_id, verdict
-- params: period, channel, branch, site, district, category (null: not chosen)
with refused as (
    select rule_id, verdict::varchar as verdict, sum(readings)::bigint as readings
    from reading_day
    where
        period = $period
        and ($channel::varchar is null or channel::varchar = $channel)
        and verdict <> 'accepted'
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by rule_id, reading_day.verdict
),

rules as (
    select rule_id, arg_max(message_ru, valid_from) as message_ru
    from reading_rule
    where valid_from <= $period
    group by rule_id
)

select refused.rule_id, refused.verdict, refused.readings, rules.message_ru
from refused
left join rules on rules.rule_id = refused.rule_id
order by refused.readings desc, refused.rule_id
