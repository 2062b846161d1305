-- name_ru: Кандидаты на ограничение
-- name_en: Candidates for restriction
-- group: debts
-- unit: count
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Счета с просрочкой больше двух плат по нормативу; известно только для открытого месяца.
-- meaning_en: Accounts overdue by more than two normative payments; known for the open month only.
with open_month as (
    select max(open_period) as period from run
)

select open_month.period, count(*) as value
from restriction_candidate as candidates
inner join open_month on open_month.period between $since and $period
where
    ($branch::varchar is null or candidates.branch = $branch)
    and ($site::varchar is null or candidates.site = $site)
    and ($district::varchar is null or candidates.district = $district)
    and ($category::varchar is null or candidates.category::varchar = $category)
group by open_month.period
