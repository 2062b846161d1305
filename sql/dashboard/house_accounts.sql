-- One row per account of a house in a month, the greatest debt first.
-- grain:  account_number
-- params: period, district, category (null: not chosen), house
with there as (
    select account_number, charged_kopecks, paid_kopecks, closing_kopecks, kwh
    from account_month
    where
        period = $period
        and district = $district
        and ($category::varchar is null or category::varchar = $category)
),

people as (
    select
        accounts.account_number,
        arg_max(accounts.address, accounts.valid_from) as address,
        arg_max(accounts.holder_name, accounts.valid_from) as holder_name
    from account as accounts
    where
        accounts.account_number in (select account_number from there)
        and accounts.valid_from < $period::date + interval 1 month
    group by accounts.account_number
)

select
    there.account_number,
    people.holder_name,
    people.address,
    there.charged_kopecks,
    there.paid_kopecks,
    there.closing_kopecks,
    there.kwh
from there
inner join people on people.account_number = there.account_number
where split_part(people.address, ', кв.', 1) = $house
order by there.closing_kopecks desc, there.account_number
limit 500
