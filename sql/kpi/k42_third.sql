-- name_ru: Третий диапазон
-- name_en: Third range
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля кВт·ч в третьем диапазоне (с 2026 года).
-- meaning_en: Share of kWh in the third range (from 2026).
with here as (
    select account_number, period
    from account_month
    where
        period between $since and $period
        and ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
)

select
    here.period,
    coalesce(sum(lines.kwh) filter (where lines.band = 'band3'), 0)::bigint as part,
    sum(lines.kwh)::bigint as whole
from charge_line as lines
inner join here on here.account_number = lines.account_number and here.period = lines.posting_period
where lines.kind = 'charge'
group by here.period
order by here.period
