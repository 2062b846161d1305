-- name_ru: Многозонный учёт
-- name_en: Accounts with zones
-- group: consumption
-- unit: percent
-- owner: billing
-- better: none
-- scope: place
-- meaning_ru: Доля счетов с начислением по зонам суток.
-- meaning_en: Share of accounts charged by zones of the day.
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
    count(distinct lines.account_number) filter (where lines.zone <> 'all') as part,
    count(distinct lines.account_number) as whole
from charge_line as lines
inner join here on here.account_number = lines.account_number and here.period = lines.posting_period
where lines.kind = 'charge'
group by here.period
order by here.period
