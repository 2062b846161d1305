-- name_ru: Без показания
-- name_en: Unread meters
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счётчиков на месте без принятого показания за месяц, каким его знали при закрытии; месяц установки считается прочитанным.
-- meaning_en: Share of meters in place without an accepted reading for the month, as known when it closed; the month of installation counts as read.
select
    period,
    coalesce(sum(meters) filter (where unread_months > 0), 0)::bigint as part,
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
