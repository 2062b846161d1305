-- name_ru: Должники
-- name_en: Debtors
-- group: debts
-- unit: percent
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Доля счетов с остатком больше нуля на конец месяца.
-- meaning_en: Share of accounts with a balance above zero at the end of the month.
select
    period,
    sum(debtors)::bigint as part,
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
