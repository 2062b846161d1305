-- name_ru: Повторы строк
-- name_en: Duplicate rows
-- group: data
-- unit: percent
-- owner: data
-- better: down
-- scope: region
-- meaning_ru: Повторы ÷ получено строк во всех файлах месяца.
-- meaning_en: Duplicates ÷ received rows in all files of the month.
select
    known_period as period,
    sum(rows_duplicate)::bigint as part,
    sum(rows_received)::bigint as whole
from source_file
where known_period between $since and $period
group by known_period
order by known_period
