-- name_ru: Отвергнутые строки
-- name_en: Rejected rows
-- group: data
-- unit: percent
-- owner: data
-- better: down
-- scope: region
-- meaning_ru: Отвергнуто ÷ получено строк во всех файлах месяца.
-- meaning_en: Rejected ÷ received rows in all files of the month.
select
    known_period as period,
    sum(rows_rejected)::bigint as part,
    sum(rows_received)::bigint as whole
from source_file
where known_period between $since and $period
group by known_period
order by known_period
