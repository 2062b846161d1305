-- name_ru: Счета с перерасчётом
-- name_en: Rebilled accounts
-- group: charges
-- unit: percent
-- owner: billing
-- better: down
-- scope: place
-- meaning_ru: Доля счетов, которым в месяце провели перерасчёт.
-- meaning_en: Share of accounts with a correction in the month.
select
    period,
    count(*) filter (where corrected_kopecks <> 0) as part,
    count(*) as whole
from account_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
group by period
order by period
