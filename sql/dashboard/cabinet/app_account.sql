-- One row: what the mobile application says of an account beside its card: area, its first month, whether a meter is read remotely.
-- grain:  account_number
-- params: account_number, on_day
with version as (
    select account_number, area_m2
    from account
    where account_number = $account_number
    order by valid_from <= $on_day::date desc, abs(valid_from - $on_day::date)
    limit 1
)

select
    version.account_number,
    version.area_m2,
    (select min(period) from account_month where account_number = $account_number) as first_period,
    exists (
        select 1 from reading
        where account_number = $account_number and channel = 'smart_meter' and read_on > $on_day::date - interval 3 month
    ) as is_read_remotely
from version
