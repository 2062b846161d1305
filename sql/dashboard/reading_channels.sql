-- One row per channel of readings in a month: how many were accepted, held and rejected.
-- grain:  channel
-- params: period
select
    channel::varchar as channel,
    count(*) as readings,
    count(*) filter (where verdict = 'accepted') as accepted,
    count(*) filter (where verdict = 'held') as held,
    count(*) filter (where verdict = 'rejected') as rejected
from reading
where period = $period
group by channel
order by readings desc, channel
