-- One row per day and channel on which readings that count for a month were received.
-- grain:  day, channel
-- params: period, channel, branch, site, district (null: not chosen)
select
    received_at::date as day,
    channel::varchar as channel,
    count(*) as readings,
    count(*) filter (where verdict = 'accepted') as accepted,
    count(*) filter (where verdict = 'held') as held,
    count(*) filter (where verdict = 'rejected') as rejected
from reading
where
    period = $period
    and ($channel::varchar is null or channel::varchar = $channel)
    and (
        coalesce($branch::varchar, $site::varchar, $district::varchar) is null
        or account_number in (
            select account_number
            from account_month
            where
                period = $period
                and ($branch::varchar is null or branch = $branch)
                and ($site::varchar is null or site = $site)
                and ($district::varchar is null or district = $district)
        )
    )
group by all
order by day, channel
