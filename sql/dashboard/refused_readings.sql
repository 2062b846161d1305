-- One row per reading of a month that was held or rejected, the latest first.
-- grain:  reading_id
-- params: period, channel, branch, site, district, category (null: not chosen)
with refused as (
    select * from refused_reading
    where
        period = $period
        and ($channel::varchar is null or channel::varchar = $channel)
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    order by received_at desc, reading_id
    limit 500
),

rules as (
    select rule_id, arg_max(message_ru, valid_from) as message_ru
    from reading_rule
    where valid_from <= $period
    group by rule_id
)

select
    refused.reading_id,
    refused.account_number,
    refused.meter_serial,
    refused.zone::varchar as zone,
    refused.read_on,
    refused.received_at,
    refused.value,
    refused.previous_register::decimal(15, 3) as previous_value,
    refused.channel::varchar as channel,
    refused.verdict::varchar as verdict,
    refused.rule_id,
    rules.message_ru,
    files.name as file_name,
    refused.source_line
from refused
left join rules on rules.rule_id = refused.rule_id
left join source_file as files on files.source_file_id = refused.source_file_id
order by refused.received_at desc, refused.reading_id
