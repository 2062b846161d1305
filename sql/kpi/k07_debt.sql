-- name_ru: Задолженность
-- name_en: Debt
-- group: debts
-- unit: kopecks
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Сумма остатков больше нуля на конец месяца, с пенями.
-- meaning_en: Sum of balances above zero at the end of the month, penalty included.
select
    period,
    sum(debt_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
