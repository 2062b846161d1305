-- name_ru: Невыясненные платежи
-- name_en: Payments without an account
-- group: data
-- unit: kopecks
-- owner: data
-- better: down
-- scope: region
-- meaning_ru: Деньги, пришедшие в месяце, которые до сих пор ждут счёта.
-- meaning_en: Money that came in the month and still waits for an account.
select
    files.known_period as period,
    coalesce(sum(waiting.amount_kopecks), 0)::bigint as value
from source_file as files
left join suspense as waiting on waiting.source_file_id = files.source_file_id
where files.known_period between $since and $period
group by files.known_period
order by files.known_period
