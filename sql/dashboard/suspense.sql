-- One row: payments that belong to no account yet (невыясненные), how many, how much and since when.
-- grain:  the snapshot
-- params: channel (null: all)
select count(*) as payments, coalesce(sum(amount_kopecks), 0)::bigint as amount_kopecks, min(paid_on) as oldest_on
from suspense
where $channel::varchar is null or channel::varchar = $channel
