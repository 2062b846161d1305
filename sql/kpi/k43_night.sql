-- name_ru: Ночное потребление
-- name_en: Night use
-- group: consumption
-- unit: percent
-- owner: billing
-- better: up
-- scope: place
-- meaning_ru: Доля ночных кВт·ч у счетов с многозонным учётом.
-- meaning_en: Share of night kWh among accounts with zones of the day.
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
    coalesce(sum(lines.kwh) filter (where lines.zone = 'night'), 0)::bigint as part,
    sum(lines.kwh)::bigint as whole
from charge_line as lines
inner join here on here.account_number = lines.account_number and here.period = lines.posting_period
where lines.kind = 'charge' and lines.zone <> 'all'
group by here.period
order by here.period
