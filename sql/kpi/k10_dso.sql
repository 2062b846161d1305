-- name_ru: Оборачиваемость долга
-- name_en: Days sales outstanding
-- group: debts
-- unit: days
-- owner: collection
-- better: down
-- scope: place
-- meaning_ru: Долг на конец месяца ÷ начисления в день за двенадцать месяцев.
-- meaning_en: Debt at the end of the month ÷ charges a day over twelve months.
with months as (
    select period, sum(debt_kopecks)::bigint as debt_kopecks, sum(charged_kopecks)::bigint as charged_kopecks
    from place_month
    where
        period between $since::date - interval 11 month and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    group by period
)

select
    period,
    (debt_kopecks * (sum(day(last_day(period))) over year))::bigint as part,
    (sum(charged_kopecks) over year)::bigint as whole
from months
window year as (order by period rows 11 preceding)
qualify period >= $since
order by period
