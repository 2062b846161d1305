-- name_ru: Три месяца молчат
-- name_en: Silent for three months
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте без принятого показания за три месяца.
-- meaning_en: Share of meters in place without an accepted reading for three months.
select
    period,
    coalesce(sum(meters) filter (where unread_months > 2), 0)::bigint as part,
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
