-- One row per meter plan, zone and band: the price of a kWh that holds for the account in a month, with its source.
-- grain:  zone_plan, zone, band
-- params: account_number, period
with version as (
    select category
    from account
    where account_number = $account_number
    order by valid_from <= $period::date desc, abs(valid_from - $period::date)
    limit 1
),

plans as (
    select distinct zone_plan from meter where account_number = $account_number and removed_on is null
)

select
    plans.zone_plan::varchar as zone_plan,
    rates.zone::varchar as zone,
    rates.band::varchar as band,
    rates.price_rub_per_kwh,
    rates.valid_from,
    rates.status::varchar as price_status,
    rates.source
from plans
cross join version
inner join tariff_rate as rates
    on rates.zone_plan = plans.zone_plan
    and rates.category = version.category
    and rates.valid_from <= $period::date and $period::date < rates.valid_to
order by rates.band, rates.zone
