-- name_ru: Поверка истекла
-- name_en: Verification run out
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте, поверка которых истекла к концу месяца.
-- meaning_en: Share of meters in place whose verification ran out by the end of the month.
select
    period,
    sum(expired_meters)::bigint as part,
    sum(meters)::bigint as whole
from unread_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
