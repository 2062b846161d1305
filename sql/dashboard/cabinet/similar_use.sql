-- One row per closed month since a month: what similar households used, as `cabinet/use_months` counts it, kWh: median and quartiles, how
-- many they are, how alike.
-- grain:  period
-- params: account_number, since, open_period
-- Alike: district, category and persons; where those are fewer than 20 households, district and category; else the category in the region.
-- Fewer than 20 are never shown: a quartile of a few says what a neighbour uses. The account itself is not among them.
with versions as (
    select account_number, district, category, least(persons, 4) as persons
    from account
    where valid_from < $open_period
    qualify row_number() over (partition by account_number order by valid_from desc) = 1
),

own as (
    select * from versions where account_number = $account_number
),

alike as (
    select
        versions.account_number,
        versions.district = own.district as is_near,
        versions.district = own.district and versions.persons = own.persons as is_near_and_as_many
    from versions
    inner join own on own.category = versions.category and own.account_number <> versions.account_number
),

chosen as (
    select case when count_if(is_near_and_as_many) >= 20 then 1 when count_if(is_near) >= 20 then 2 else 3 end as likeness
    from alike
),

used as (
    select lines.account_number, lines.service_period as period, sum(lines.kwh)::bigint as kwh
    from charge_line as lines
    inner join alike on alike.account_number = lines.account_number
    cross join chosen
    where
        lines.service_period >= $since
        and lines.service_period < $open_period
        and lines.posting_period >= $since
        and lines.basis in ('reading', 'average', 'normative')
        and case chosen.likeness when 1 then alike.is_near_and_as_many when 2 then alike.is_near else true end
    group by lines.account_number, lines.service_period
)

select
    period,
    quantile_disc(kwh, 0.25)::bigint as lower_kwh,
    quantile_disc(kwh, 0.5)::bigint as median_kwh,
    quantile_disc(kwh, 0.75)::bigint as upper_kwh,
    count(*) as households,
    any_value(chosen.likeness) as likeness
from used
cross join chosen
group by period
having count(*) >= 20
order by period
