-- One row per day and channel on which readings that count for a month were received.
-- grain:  day, channel
-- params: period, channel, branch, site, district, category (null: not chosen)
select
    day,
    channel::varchar as channel,
    sum(readings)::bigint as readings,
    coalesce(sum(readings) filter (where verdict = 'accepted'), 0)::bigint as accepted,
    coalesce(sum(readings) filter (where verdict = 'held'), 0)::bigint as held,
    coalesce(sum(readings) filter (where verdict = 'rejected'), 0)::bigint as rejected
from reading_day
where
    period = $period
    and ($channel::varchar is null or channel::varchar = $channel)
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by day, channel
order by day, channel
