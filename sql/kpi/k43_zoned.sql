-- name_ru: Многозонный учёт
-- name_en: Accounts with zones
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля счетов с начислением по зонам суток.
-- meaning_en: Share of accounts charged by zones of the day.
select
    period,
    sum(zoned_accounts)::bigint as part,
    sum(accounts)::bigint as whole
from energy_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
