-- name_ru: Реестры не сошлись
-- name_en: Registries that differ
-- group: data
-- unit: count
-- owner: data
-- better: down
-- scope: region
-- meaning_ru: Реестры, где найденное не равно объявленному в подвале.
-- meaning_en: Registries where rows or sum differ from what the footer announces.
select
    known_period as period,
    count(*) filter (where rows_received <> control_rows or received_kopecks <> control_kopecks) as value
from source_file
where known_period between $since and $period
group by known_period
order by known_period
