-- One row for the region, and one per category, decile of use and district: accounts, those who would pay more or less, and the sums.
-- Decile 1 uses least.
with outcomes as (
    select *, ntile(10) over (order by kwh, account_number) as decile from outcome
),

grouped as (
    select
        case grouping(category, decile, district) when 7 then 'region' when 3 then 'category' when 5 then 'decile' else 'district' end as kind,
        coalesce(category::varchar, decile::varchar, district, '') as name,
        coalesce(decile, 0) as place,
        count(*) as accounts,
        count_if(proposed_kopecks > posted_kopecks) as losers,
        count_if(proposed_kopecks < posted_kopecks) as winners,
        sum(kwh)::bigint as kwh,
        sum(posted_kopecks)::bigint as posted_kopecks,
        sum(proposed_kopecks)::bigint as proposed_kopecks
    from outcomes
    group by grouping sets ((), (category), (decile), (district))
)

select * exclude (place)
from grouped
order by array_position(['region', 'category', 'decile', 'district'], kind), place, name
