-- One row per settlement or street of a district in a month, or per house of one: what its accounts were charged and owe.
-- grain:  name
-- params: period, district, category (null: not chosen), street (null: rows are streets)
-- A street is an address up to its «, д.», with the settlement where it names one; a house is an address up to its «, кв.».
with there as (
    select account_number, charged_kopecks, paid_kopecks, closing_kopecks, kwh
    from account_month
    where
        period = $period
        and district = $district
        and ($category::varchar is null or category::varchar = $category)
),

addresses as (
    select accounts.account_number, arg_max(accounts.address, accounts.valid_from) as address
    from account as accounts
    where
        accounts.account_number in (select account_number from there)
        and accounts.valid_from < $period::date + interval 1 month
    group by accounts.account_number
),

addressed as (
    select there.*, split_part(addresses.address, ', д.', 1) as street, split_part(addresses.address, ', кв.', 1) as house
    from there
    inner join addresses on addresses.account_number = there.account_number
)

select
    case when $street::varchar is null then street else house end as name,
    count(*) as accounts,
    count(distinct house) as houses,
    sum(charged_kopecks)::bigint as charged_kopecks,
    sum(paid_kopecks)::bigint as paid_kopecks,
    case
        when sum(charged_kopecks) > 0
            then ((sum(paid_kopecks) * 2000 + sum(charged_kopecks)) // (sum(charged_kopecks) * 2))::bigint
    end as collected_permille,
    coalesce(sum(closing_kopecks) filter (closing_kopecks > 0), 0)::bigint as debt_kopecks,
    sum(kwh)::bigint as kwh
from addressed
where $street::varchar is null or street = $street
group by name
order by debt_kopecks desc, name
