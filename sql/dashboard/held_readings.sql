-- One row per held reading of a place that still waits for a specialist, the oldest first.
-- grain:  reading_id
-- params: on_day, channel (null: all), branch, site, district, category (null: not chosen)
with rules as (
    select rule_id, arg_max(message_ru, valid_from) as message_ru
    from reading_rule
    group by rule_id
)

select
    held.reading_id,
    held.account_number,
    held.site,
    held.meter_serial,
    held.zone::varchar as zone,
    held.read_on,
    held.received_at,
    held.value,
    held.previous_value::decimal(15, 3) as previous_value,
    held.channel::varchar as channel,
    held.rule_id,
    rules.message_ru,
    date_diff('day', held.received_at::date, $on_day::date) as waits_days,
    files.name as file_name,
    held.source_line
from held_reading as held
left join rules on rules.rule_id = held.rule_id
left join source_file as files on files.source_file_id = held.source_file_id
where
    ($channel::varchar is null or held.channel::varchar = $channel)
    and ($branch::varchar is null or held.branch = $branch)
    and ($site::varchar is null or held.site = $site)
    and ($district::varchar is null or held.district = $district)
    and ($category::varchar is null or held.category::varchar = $category)
order by held.received_at, held.reading_id
limit 500
