-- One row per channel of readings in a month: how many were accepted, held and rejected.
-- grain:  channel
-- params: period, channel, branch, site, district, category (null: not chosen)
select
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
group by channel
order by readings desc, channel
