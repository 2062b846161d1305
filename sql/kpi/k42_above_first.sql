-- name_ru: Сверх первого диапазона
-- name_en: Above the first range
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля кВт·ч сверх соцнормы, а с 2026 года сверх первого диапазона.
-- meaning_en: Share of kWh above the social norm, from 2026 above the first range.
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
    coalesce(sum(lines.kwh) filter (where lines.band in ('above_norm', 'band2', 'band3')), 0)::bigint as part,
    sum(lines.kwh)::bigint as whole
from charge_line as lines
inner join here on here.account_number = lines.account_number and here.period = lines.posting_period
where lines.kind = 'charge'
group by here.period
order by here.period
