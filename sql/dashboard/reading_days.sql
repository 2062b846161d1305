-- One row per day and channel on which readings that count for a month were received.
-- grain:  day, channel
-- params: period
select
    received_at::date as day,
    channel::varchar as channel,
    count(*) as readings,
    count(*) filter (where verdict = 'accepted') as accepted,
    count(*) filter (where verdict = 'held') as held,
    count(*) filter (where verdict = 'rejected') as rejected
from reading
where period = $period
group by all
order by day, channel
