-- name_ru: Переплата
-- name_en: Advances
-- group: debts
-- unit: kopecks
-- owner: collection
-- better: none
-- scope: place
-- meaning_ru: Сумма остатков меньше нуля на конец месяца, со знаком плюс.
-- meaning_en: Sum of balances below zero at the end of the month, as a positive number.
select
    period,
    sum(advance_kopecks)::bigint as value
from place_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
