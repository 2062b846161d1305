-- name_ru: Остались просроченными
-- name_en: Stayed overdue
-- group: debts
-- unit: percent
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Доля счетов, просроченных месяцем раньше, у которых просрочка осталась.
-- meaning_en: Share of accounts overdue a month before that are overdue still.
with months as (
    select period, overdue_kopecks, lag(overdue_kopecks) over (partition by account_number order by period) as before_kopecks
    from overdue_month
    where
        period between $since::date - interval 1 month and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select
    period,
    count(*) filter (where before_kopecks > 0 and overdue_kopecks > 0) as part,
    count(*) filter (where before_kopecks > 0) as whole
from months
where period >= $since
group by period
order by period
