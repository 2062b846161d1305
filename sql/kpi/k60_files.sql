-- name_ru: Файлы каналов
-- name_en: Files of the channels
-- group: data
-- unit: count
-- owner: data
-- better: none
-- scope: region
-- meaning_ru: Файлы, пришедшие к закрытию месяца.
-- meaning_en: Files that came for the closing of the month.
select
    known_period as period,
    count(*) as value
from source_file
where known_period between $since and $period
group by known_period
order by known_period
