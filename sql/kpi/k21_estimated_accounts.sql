-- name_ru: Счета по расчёту
-- name_en: Estimated accounts
-- group: metering
-- unit: percent
-- owner: metering
-- better: down
-- scope: place
-- meaning_ru: Доля счетов с начислением по среднему или нормативу.
-- meaning_en: Share of accounts charged by average or normative.
select
    period,
    sum(average_accounts + normative_accounts)::bigint as part,
    sum(accounts)::bigint as whole
from energy_month
where
    period between $since and $period
    and ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by period
order by period
