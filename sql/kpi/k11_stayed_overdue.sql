-- name_ru: Остались просроченными
-- name_en: Stayed overdue
-- group: debts
-- unit: percent
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Доля счетов, просроченных месяцем раньше, у которых просрочка осталась; без пеней.
-- meaning_en: Share of accounts overdue a month before that are overdue still; penalty left out.
select
    period,
    coalesce(sum(accounts) filter (where age > 'not_due'::debt_age), 0)::bigint as part,
    sum(accounts)::bigint as whole
from age_move
where
    period between $since and $period
    and age_before > 'not_due'::debt_age
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
