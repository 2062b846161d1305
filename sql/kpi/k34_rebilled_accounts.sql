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
    sum(rebilled_accounts)::bigint as part,
    sum(accounts)::bigint as whole
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
