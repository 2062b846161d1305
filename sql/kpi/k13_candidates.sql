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
    select account_number
    from account
    where valid_from <= (select max(as_of)::date from run)
    group by account_number
    having
        ($branch::varchar is null or arg_max(branch, valid_from) = $branch)
        and ($site::varchar is null or arg_max(site, valid_from) = $site)
        and ($district::varchar is null or arg_max(district, valid_from) = $district)
        and ($category::varchar is null or arg_max(category, valid_from)::varchar = $category)
),

open_month as (
    select max(open_period) as period from run
)

select open_month.period, count(*) as value
from restriction_candidate as candidates
inner join here on here.account_number = candidates.account_number
inner join open_month on open_month.period between $since and $period
group by open_month.period
