-- name_ru: Кандидаты на ограничение
-- name_en: Candidates for restriction
-- group: debts
-- unit: count
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Счета с просрочкой больше двух плат по нормативу; известно только для открытого месяца.
-- meaning_en: Accounts overdue by more than two normative payments; known for the open month only.
with here as (
    select account_number, period
    from account_month
    where
        period between $since and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select here.period, count(*) as value
from restriction_candidate as candidates
inner join here on here.account_number = candidates.account_number
where here.period = (select max(open_period) from run)
group by here.period
