-- name_ru: Платят
-- name_en: Accounts that pay
-- group: money
-- unit: percent
-- owner: collection
-- better: up
-- scope: place
-- meaning_ru: Доля счетов с оплатой в месяце среди всех счетов.
-- meaning_en: Share of accounts with a payment in the month.
select
    period,
    sum(payers)::bigint as part,
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
